import assert from 'node:assert/strict';
import { square } from '../obsidian/square.ts';
import { withNotesight } from './with-notesight.ts';

const EMPTY = '# Note\n\n\n\nEnd.\n';
/** VS Code's own Markdown extension inserts what is pasted, once it is active. */
const activated = ['notesight.notesight', 'vscode.markdown-language-features'];

await withNotesight(
  'An image pasted with Ctrl+V',
  { files: { 'note.md': EMPTY }, activated, server: { delay: 1500 } },
  (scenario, fake) => {
    scenario('is captioned without losing keystrokes while the user types', async (workbench) => {
      const { setCursor, pasteImage, page, waitForText, undo } = workbench;
      await setCursor(3, 1);
      await pasteImage(await square(100));
      await waitForText('![alt text](image.png)');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      // Takes longer to type than the model needs, without a pause.
      const words = 'typed while the model thinks and while its words come '.repeat(2).trim();
      await page.keyboard.type(words, { delay: 25 });
      await waitForText(`# Note\n\n![Square 100 wide](image.png)\n${words}\n\nEnd.\n`);
      assert.equal(fake.chats.length, 1);
      await undo();
      await waitForText(`![alt text](image.png)\n${words}`);
    });

    scenario(
      'keeps its whole placeholder selected, so that typing replaces the alt text',
      async (workbench) => {
        const { setCursor, pasteImage, typeText, waitForText, page } = workbench;
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Delete');
        await setCursor(1, 1);
        await pasteImage(await square(110));
        await waitForText(/!\[Square 110 wide\]\(image(?:-\d)?\.png\)/);
        await typeText('Mine');
        await waitForText(/^!\[Mine\]\(image(?:-\d)?\.png\)$/);
      },
    );

    scenario('is also captioned when dropped', async ({ dropImage, page, waitForText }) => {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await dropImage(await square(120), 'dropped.png', 1);
      await waitForText(/!\[Square 120 wide\]\(dropped\.png\)/);
    });
  },
);

await withNotesight(
  'In an untrusted workspace',
  { files: { 'note.md': EMPTY }, activated, workspaceTrust: true },
  (scenario, fake) => {
    scenario('images are captioned only on request', async (workbench) => {
      const { setCursor, pasteImage, waitForText, page, quickFix, editorText } = workbench;
      await setCursor(3, 1);
      await pasteImage(await square(100));
      await waitForText('![alt text](image.png)');
      await page.waitForTimeout(2000);
      assert.match(await editorText(), /!\[alt text\]/);
      assert.equal(fake.seen.length, 0, 'no request of any kind');
      await setCursor(3, 4);
      await quickFix('Generate alt text');
      await waitForText('![Square 100 wide](image.png)');
    });
  },
);
