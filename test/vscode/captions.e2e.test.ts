import assert from 'node:assert/strict';
import { until } from '../e2e/until.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

const OTHER = '# Other\n\n![](a.png)\n\n![](b.png)\n';

const options = { files: { 'other.md': OTHER }, settings: { 'notesight.review': 'preview' } };
await withNotesight('A user', options, (scenario, fake) => {
  scenario('gets image problems in the Problems panel', async ({ problems }) => {
    const rows = await problems();
    assert.equal(
      rows.filter((row) => row.includes('This image has no alt text.')).length,
      2,
      rows.join('\n'),
    );
  });

  scenario('writes alt text from the light bulb as one undo step', async (workbench) => {
    const { setCursor, quickFix, waitForText, undo } = workbench;
    await setCursor(7, 3);
    await quickFix('Generate alt text');
    await waitForText(NOTE.replace('![]', '![Square 90 wide]'));
    await setCursor(1, 1);
    await undo();
    await waitForText(NOTE);
  });

  scenario(
    'reviews a batch in the refactor preview, accepts one of two and undoes it in one step',
    async (workbench) => {
      const { palette, refactorPreview, waitForText, setCursor, undo } = workbench;
      await palette('Notesight: Generate alt text for the images in this file');
      const rows = await refactorPreview.rows();
      assert.equal(rows.length, 3, rows.join('\n'));
      assert.match(rows[1] ?? '', /a\.png\|?.*Square 80 wide/);
      await refactorPreview.check(/Square 80 wide/);
      await refactorPreview.apply();
      const taken = NOTE.replace('[[a.png]]', '[[a.png|Square 80 wide]]');
      await waitForText(taken);
      await setCursor(1, 1);
      await undo();
      await waitForText(NOTE);
    },
  );

  scenario(
    'can discard a batch without answering anything twice',
    async ({ palette, refactorPreview, editorText }) => {
      const asked = fake.chats.length;
      await palette('Notesight: Generate alt text for the images in this file');
      await refactorPreview.rows();
      await refactorPreview.discard();
      assert.equal(await editorText(), NOTE);
      assert.equal(fake.chats.length, asked, 'the answers were kept');
    },
  );

  scenario('has closed files saved and can undo them as a batch', async (workbench) => {
    const { palette, refactorPreview, waitForDisk, diskText, page } = workbench;
    await palette('Notesight: Show images that need alt text');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'other.md' }).click();
    await refactorPreview.rows();
    await refactorPreview.check('other.md');
    await refactorPreview.apply();
    await waitForDisk('other.md', '![Square 90 wide](b.png)');
    assert.equal(
      diskText('other.md'),
      OTHER.replace('![](a', '![Square 80 wide](a').replace('![](b', '![Square 90 wide](b'),
    );
    await palette('Notesight: Undo the last batch');
    await waitForDisk('other.md', '![](a.png)');
    assert.equal(diskText('other.md'), OTHER);
  });

  scenario(
    'gets the image and its description in a hover',
    async ({ palette, setCursor, hover, waitForText, undo, page }) => {
      await setCursor(7, 3);
      await palette('Notesight: Generate alt text for the image at the cursor');
      await waitForText('![Square 90 wide](b.png)');
      const shown = await hover('b.png');
      await shown.getByText('It was made by a test.').waitFor();
      const picture = shown.locator('img').first();
      await page.waitForFunction(
        (image) => (image as HTMLImageElement).naturalWidth === 90,
        await picture.elementHandle(),
      );
      await page.keyboard.press('Escape');
      await page.mouse.move(700, 5);
      await setCursor(1, 1);
      await undo();
      await waitForText(NOTE);
    },
  );

  scenario('shows a preview of the image that is chosen in the list, and closes it', async (workbench) => {
    const { palette, page, inHost } = workbench;
    const tabs = () =>
      inHost((vscode) =>
        vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label)),
      );
    const before = await tabs();
    await palette('Notesight: Find an image');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.nth(1).waitFor();
    assert.deepEqual(await tabs(), before, 'nothing opens until the user moves in the list');
    await page.keyboard.press('ArrowDown');
    await until('the image is open', 10_000, tabs, (labels) =>
      labels.some((label) => label.endsWith('.png')),
    );
    await page.keyboard.press('ArrowUp');
    await page.locator('.quick-input-widget').waitFor();
    await page.keyboard.press('Escape');
    await until('the preview is closed', 10_000, tabs, (labels) => labels.join() === before.join());
  });

  scenario('finds an image by its content and opens it in its note', async ({ palette, page, inHost }) => {
    await palette('Notesight: Find an image');
    await page.locator('.quick-input-title', { hasText: 'Find an image' }).waitFor();
    await page.keyboard.type('square 80');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    // Without a query, the latest images are listed.
    await rows.filter({ hasText: 'Square 90 wide' }).first().waitFor({ state: 'detached' });
    await rows.filter({ hasText: 'Square 80 wide' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const selected = () =>
      inHost((vscode) => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document.getText(editor.selection) ?? '';
      });
    await until('the image is selected in its note', 10_000, selected, (text) => text.includes('a.png'));
  });
});
