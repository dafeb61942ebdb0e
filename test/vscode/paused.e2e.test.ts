import assert from 'node:assert/strict';
import { squares } from '../obsidian/serve-squares.ts';
import { openedReview } from './host/review-page.ts';
import { withNotesight } from './with-notesight.ts';

let asked = 0;
/** The server fails after its first answer and is back for the fourth request. */
const dying = {
  ...squares,
  always: () => ([2, 3].includes(++asked) ? ({ kind: 'drop', after: 0 } as const) : undefined),
};

await withNotesight('A batch whose server fails', { server: { models: [dying] } }, (scenario) => {
  scenario('is paused in the review and completed after Resume', async (workbench) => {
    const { palette, page } = workbench;
    await palette('Notesight: Generate alt text for the images in this file');
    const { frame, boxes, ready } = await openedReview(workbench);
    const banner = frame.getByRole('alert');
    await banner.getByText(/stopped responding. 1 of 2 done./).waitFor({ timeout: 60_000 });
    assert.equal(await boxes.count(), 1);
    const first = await boxes.inputValue();
    const status = page.locator('.statusbar-item', { hasText: 'Paused: 1 of 2 done' });
    await status.waitFor();
    await boxes.fill('My own words');
    await banner.getByRole('button', { name: 'Resume' }).click();
    await ready(2);
    const values = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value));
    const other = ['Square 80 wide', 'Square 90 wide'].find((text) => text !== first);
    assert.deepEqual(new Set(values), new Set(['My own words', other]));
    assert.equal(asked, 4);
    await status.waitFor({ state: 'detached' });
  });
});
