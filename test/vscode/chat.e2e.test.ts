import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FrameLocator } from 'playwright-core';
import { square } from '../obsidian/square.ts';
import { loadedWidths } from './host/loaded-widths.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

const COFFEE = readFileSync(new URL('../fixtures/photos/coffee.jpg', import.meta.url));
const HOSTILE =
  '<img src="https://example.org/pixel.png"><script>document.title = "ran"</script>\n\n![x](https://example.org/x.png) [y](command:workbench.action.quit) [z](javascript:alert(1))';

const box = (panel: FrameLocator) => panel.getByRole('textbox', { name: 'Question' });

async function ask(panel: FrameLocator, question: string, answers: number): Promise<string> {
  await box(panel).fill(question);
  await box(panel).press('Enter');
  await panel
    .locator('.notesight-turn[aria-busy=false]')
    .nth(answers - 1)
    .waitFor();
  return panel
    .locator('.notesight-answer')
    .nth(answers - 1)
    .innerText();
}

await withNotesight(
  'The side bar',
  { files: { 'other.md': '# Other\n\n![](b.png)\n', 'photo.md': '![](coffee.jpg)\n', 'coffee.jpg': COFFEE } },
  (scenario, fake) => {
    const questions = () => fake.chats.filter(({ format }) => format === undefined);

    scenario(
      'answers about the images of the file and keeps them for the next question',
      async ({ palette, webview, editorText }) => {
        await palette('Notesight: Ask about the images in this file');
        const panel = await webview();
        await panel.getByText('2 of 2 images selected').waitFor();
        assert.equal(
          await ask(panel, 'What is the square 90 wide?', 1),
          'Shown: 80 and 90. The first is [1], the second [2], none is [7].',
        );
        await ask(panel, 'And its color?', 2);
        const [first, second] = questions();
        assert.deepEqual(second?.messages.slice(0, 2), first?.messages);
        assert.equal(await editorText(), NOTE, 'nothing is written without a click');
      },
    );

    scenario(
      'loads images only through VS Code under a strict content security policy',
      async ({ webview }) => {
        const panel = await webview();
        const pictures = panel.locator('.notesight-image-picture');
        assert.deepEqual(await loadedWidths(pictures), [80, 90]);
        const sources = await pictures.evaluateAll((images) =>
          images.map((image) => (image as HTMLImageElement).src),
        );
        for (const source of sources) assert.match(source, /vscode-(?:resource|cdn)|vscode-remote-resource/);
        const policy = await panel.locator('meta[http-equiv]').first().getAttribute('content');
        assert.match(policy ?? '', /default-src 'none'.*script-src 'nonce-/);
        assert.doesNotMatch(policy ?? '', /unsafe/);
      },
    );

    scenario('opens the image in the file from an answer', async ({ webview, inHost, page }) => {
      const panel = await webview();
      await panel.locator('.notesight-answer .notesight-reference', { hasText: '[2]' }).first().click();
      await page.waitForTimeout(800);
      const selected = await inHost((vscode) => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document.getText(editor.selection);
      });
      assert.equal(selected, '![](b.png)');
    });

    scenario('includes the selection and another file added by @', async ({ webview, inHost }) => {
      const panel = await webview();
      await inHost((vscode) => {
        const editor = vscode.window.activeTextEditor;
        if (editor !== undefined)
          editor.selection = new vscode.Selection(0, 0, 0, editor.document.lineAt(0).text.length);
      });
      await panel.getByRole('checkbox', { name: /^Include selection/ }).waitFor();
      await box(panel).pressSequentially('Compare with @oth');
      await panel.getByRole('option', { name: 'other' }).click();
      await panel.locator('.notesight-chip', { hasText: 'Also: other' }).waitFor();
      await ask(panel, 'Compare with “other”', 3);
      const content = questions().at(-1)?.messages.at(-1)?.content ?? '';
      assert.match(content, /<selection>\n# [^]*\n<\/selection>\n<other name="other">\n# Other\n/);
      await panel.getByRole('button', { name: 'Remove other' }).click();
      await panel.locator('.notesight-chip', { hasText: 'Also' }).waitFor({ state: 'detached' });
    });

    scenario('inserts an answer below its image as one undo step', async (workbench) => {
      const { page, webview, waitForText, undo } = workbench;
      const panel = await webview();
      await panel.getByRole('button', { name: 'Insert' }).first().click();
      await panel.getByRole('menuitem', { name: 'Below the image as a quote' }).click();
      await waitForText(/a\.png[^\n]*\n\n> Shown: 80 and 90/);
      // The file gets the focus after the text is inserted.
      await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
      await undo();
      await waitForText(NOTE);
    });

    scenario('accepts dropped images', async ({ webview }) => {
      const panel = await webview();
      const base64 = (await square(60)).toString('base64');
      await panel.locator('.notesight-chat').evaluate((chat, data) => {
        const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
        chat.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }, base64);
      await panel.getByText('3 of 3 images selected').waitFor();
      await ask(panel, 'Square 60 wide?', 4);
      assert.ok(
        questions()
          .at(-1)
          ?.images.some((image) => image.readUInt32BE(16) === 60),
      );
    });

    scenario('keeps a draft and the conversation while it is hidden', async ({ webview, page, palette }) => {
      const panel = await webview();
      await box(panel).fill('A question that waits');
      await page
        .locator('.activitybar .action-item', { has: page.locator('[aria-label^="Explorer"]') })
        .first()
        .click();
      await page.waitForTimeout(500);
      await palette('Notesight: Ask about the images in this file');
      const again = await webview();
      await again.locator('.notesight-turn').nth(2).waitFor();
      assert.equal(await box(again).inputValue(), 'A question that waits');
    });

    scenario('follows the active file, each with its own conversation', async ({ openFile, webview }) => {
      await openFile('other.md');
      const panel = await webview();
      await panel.getByText('1 of 1 image selected').waitFor();
      assert.equal(await panel.locator('.notesight-turn').count(), 0);
      assert.equal(await box(panel).inputValue(), '', 'a draft stays with its file');
      await box(panel).fill('About the other file');
      await openFile('note.md');
      await panel.locator('.notesight-turn').nth(2).waitFor();
      assert.equal(await box(panel).inputValue(), 'A question that waits');
    });

    scenario('keeps every turn and the question when Regenerate is stopped', async ({ webview }) => {
      const panel = await webview();
      const turns = panel.locator('.notesight-turn');
      fake.next({ kind: 'hang' });
      await panel.getByRole('button', { name: 'Regenerate' }).first().click();
      await panel.getByText('Waiting for the model…').waitFor();
      assert.equal(await turns.count(), 4);
      await panel.getByRole('button', { name: 'Stop' }).click();
      await panel.getByText('Waiting for the model…').waitFor({ state: 'detached' });
      assert.equal(await turns.count(), 4);
      fake.next({ kind: 'hang' });
      await box(panel).press('Enter');
      await turns.nth(4).waitFor();
      await panel.getByRole('button', { name: 'Stop' }).click();
      await panel.getByText('Stopped.').waitFor();
      assert.equal(await box(panel).inputValue(), 'A question that waits');
      await panel.getByRole('button', { name: 'Retry' }).click();
      await panel.locator('.notesight-turn[aria-busy=false]').nth(4).waitFor();
      await panel.getByRole('button', { name: 'Regenerate' }).nth(4).waitFor();
      assert.equal(await turns.count(), 5);
      assert.equal(await box(panel).inputValue(), '');
    });

    scenario('undoes a new conversation', async ({ webview }) => {
      const panel = await webview();
      await panel.getByRole('button', { name: 'New conversation' }).click();
      await panel.getByText('Ask a question about the images.').waitFor();
      await panel.getByRole('button', { name: 'Undo' }).click();
      await panel.locator('.notesight-turn').nth(4).waitFor();
    });

    scenario('saves the conversation as a note beside the file', async (workbench) => {
      const { webview, waitForText, waitForDisk, openFile } = workbench;
      const panel = await webview();
      await panel.getByRole('button', { name: 'More actions' }).click();
      await panel.getByRole('menuitem', { name: 'Save conversation as a note' }).click();
      await waitForText(/^\[note\]\(note\.md\)\n\n## What is the square 90 wide\?\n/);
      await waitForDisk('note – What is the square 90 wide.md', /\[\[a\.png\|image 1\]\]/);
      await openFile('note.md');
      await panel.locator('.notesight-turn').nth(4).waitFor();
    });

    scenario(
      'draws locally detected objects over an image when no model can return boxes',
      async ({ openFile, webview }) => {
        await openFile('photo.md');
        const panel = await webview();
        await panel.getByText('1 of 1 image selected').waitFor();
        await panel.getByRole('button', { name: 'Actions for image 1' }).press('Enter');
        await panel.getByRole('menuitem', { name: 'Detect objects' }).click();
        await panel
          .getByText(
            "1 object detected by offline recognition. The model gemma3:4b doesn't support object detection",
          )
          .waitFor();
        await panel.getByRole('button', { name: 'cup, center' }).press('Enter');
        await panel.getByText(/^Region of \[1\]: \d+ × \d+ pixels$/).waitFor();
        await panel.getByRole('button', { name: 'Remove' }).click();
        await openFile('note.md');
        await panel.locator('.notesight-turn').nth(2).waitFor();
      },
    );

    scenario('shows a hostile answer as text that runs and loads nothing', async ({ webview, page }) => {
      const loaded: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('example.org')) loaded.push(request.url());
      });
      fake.next({ kind: 'answer', text: HOSTILE });
      const panel = await webview();
      await panel.getByRole('button', { name: 'New conversation' }).click();
      await panel.getByText('Ask a question about the images.').waitFor();
      const shown = await ask(panel, 'Anything?', 1);
      assert.match(shown, /<img src=/);
      assert.equal(await panel.locator('.notesight-answer img, .notesight-answer script').count(), 0);
      assert.equal(await panel.locator('.notesight-answer a').count(), 0);
      assert.deepEqual(loaded, []);
    });

    scenario('shows formulas and colors code under the same policy', async ({ webview }) => {
      const panel = await webview();
      const turns = panel.locator('.notesight-turn');
      const count = await turns.count();
      fake.next({ kind: 'answer', text: 'It is $a^2$.\n\n```python\nreturn 1\n```' });
      await ask(panel, 'Which formula?', count + 1);
      await turns.nth(count).locator('math').waitFor();
      await turns.nth(count).locator('.token.keyword').waitFor();
    });
  },
);
