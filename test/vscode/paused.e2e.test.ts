import assert from 'node:assert/strict';
import { squares } from '../obsidian/serve-squares.ts';
import { withNotesight } from './with-notesight.ts';

let asked = 0;
/** The server fails after its first answer and is back for the fourth request. */
const dying = {
  ...squares,
  always: () => ([2, 3].includes(++asked) ? ({ kind: 'drop', after: 0 } as const) : undefined),
};

await withNotesight('A batch whose server fails', { server: { models: [dying] } }, (scenario) => {
  scenario(
    'is paused with one notification and completed after Resume',
    async ({ palette, page, refactorPreview }) => {
      const described = async () =>
        (await refactorPreview.rows()).flatMap((row) => row.match(/Square \d+ wide/g) ?? []).sort();
      await palette('Notesight: Generate alt text for the images in this file');
      // Completed answers are reviewed first.
      await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor({ timeout: 60_000 });
      assert.equal((await described()).length, 1);
      const status = page.locator('.statusbar-item', { hasText: 'Paused: 1 of 2 done' });
      await status.waitFor();
      await refactorPreview.discard();
      const notice = page.locator('.notification-toast', { hasText: 'stopped responding. 1 of 2 done.' });
      await notice.waitFor();
      await notice.getByRole('button', { name: 'Resume' }).click();
      assert.deepEqual(await described(), ['Square 80 wide', 'Square 90 wide']);
      assert.equal(asked, 4);
      await refactorPreview.discard();
      await status.waitFor({ state: 'detached' });
    },
  );
});
