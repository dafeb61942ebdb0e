import assert from 'node:assert/strict';
import { until } from '../e2e/until.ts';
import { square } from '../obsidian/square.ts';
import { squares } from '../obsidian/serve-squares.ts';
import { openedReview } from './host/review-page.ts';
import { withNotesight } from './with-notesight.ts';

/** The widths of the images in each file. */
const WIDTHS = { 'one.md': range(50, 60), 'two.md': range(60, 70), 'three.md': range(70, 78) };
const ALL = Object.values(WIDTHS).flat();
const HOSTILE = '<img src=x onerror="document.title=\'harmed\'"> a sign';
const OWN = 'My own words';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

const noteOf = (widths: readonly number[], altOf: (width: number) => string) =>
  `${widths.map((width) => `![${altOf(width)}](${width}.png)`).join('\n\n')}\n`;
const none = () => '';
const described = (width: number) => (width === 52 ? HOSTILE : `Square ${width} wide`);
/** The files after one row was edited and one skipped. */
const accepted = (width: number) => ({ 50: OWN, 51: '' })[width] ?? described(width);
const escaped = (text: string) => text.replaceAll('<', String.raw`\<`);

const answer = (alt: string) =>
  JSON.stringify({ alt, description: '', text: '', tags: [], decorative: false });

const model = {
  ...squares,
  answer: (call: Parameters<NonNullable<typeof squares.answer>>[0]) => ({
    ...(squares.answer?.(call) as object),
    alt: described(call.images[0]?.readUInt32BE(16) ?? 0),
  }),
};

await withNotesight(
  'A review of 28 images in 3 files',
  {
    server: { models: [model] },
    files: {
      ...Object.fromEntries(Object.entries(WIDTHS).map(([name, widths]) => [name, noteOf(widths, none)])),
      ...Object.fromEntries(
        await Promise.all(ALL.map(async (width) => [`${width}.png`, await square(width)] as const)),
      ),
      'note.md': 'No images.\n',
    },
  },
  (scenario, fake) => {
    scenario('writes what was accepted, and nothing else', async (workbench) => {
      const { palette, openFile, setCursor, typeText, diskText, waitForNotification, page, inHost } =
        workbench;
      const before = Object.fromEntries(Object.keys(WIDTHS).map((name) => [name, diskText(name)]));
      await openFile('one.md');
      await palette('Notesight: Generate alt text for the images in the workspace');
      const { frame, boxes, ready, button } = await openedReview(workbench);
      await ready(28);
      const values = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value));
      assert.deepEqual(values.toSorted(), ALL.map(described).toSorted());
      assert.equal(await frame.locator('img[src=x]').count(), 0, 'text of a model is shown as text');

      const row = (width: number) => frame.locator('.notesight-row', { hasText: `${width}.png` });
      await until(
        'the thumbnail is loaded',
        10_000,
        () =>
          row(50)
            .locator('img')
            .evaluate((image) => (image as HTMLImageElement).naturalWidth),
        (width) => width === 50,
      );
      await row(50).getByRole('textbox').fill(OWN);
      await row(51).getByRole('button', { name: /^Skip/ }).click();
      const now = Object.fromEntries(Object.keys(WIDTHS).map((name) => [name, diskText(name)]));
      assert.deepEqual(now, before, 'nothing is written before the user accepts it');

      // The note is changed while the review is open.
      await openFile('one.md');
      await setCursor(1, 1);
      await typeText('Typed. ');
      await page.locator('.tab', { hasText: 'Review alt text' }).click();
      assert.equal(await row(50).getByRole('textbox').inputValue(), OWN);
      await button('Accept all').click();
      await waitForNotification(/Updated 27 images\./);
      await page.locator('.tab', { hasText: 'Review alt text' }).waitFor({ state: 'detached' });
      await inHost(async (vscode) => {
        await vscode.workspace.saveAll();
      });
      for (const [name, widths] of Object.entries(WIDTHS)) {
        const typed = name === 'one.md' ? 'Typed. ' : '';
        assert.equal(diskText(name), typed + escaped(noteOf(widths, accepted)), name);
      }
    });

    scenario(
      'keeps what was typed when its tab is closed, and refines it with feedback',
      async (workbench) => {
        const { palette, openFile, setCursor, page, waitForNotification, inHost } = workbench;
        const open = async () => {
          await openFile('two.md');
          await setCursor(1, 3);
          await palette('Notesight: Regenerate alt text for the image at the cursor');
          const review = await openedReview(workbench);
          await review.ready(1);
          return review;
        };
        const first = await open();
        await first.boxes.fill(OWN);
        await first.frame.getByText('Edited', { exact: true }).waitFor();
        await inHost(async (vscode) => {
          await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        });
        await waitForNotification(/Your edits to 1 image are not written yet\./);
        const second = await open();
        assert.equal(await second.boxes.inputValue(), OWN);
        fake.next({ kind: 'answer', text: answer('Own words') });
        await second.frame.getByRole('button', { name: /^Refine…/ }).click();
        await second.frame.getByRole('textbox', { name: /^What to change/ }).fill('shorter');
        await second.button('Refine').click();
        await second.frame.getByText('2 / 2').waitFor();
        assert.equal(await second.boxes.inputValue(), 'Own words');
        assert.match(fake.chats.at(-1)?.messages.at(-1)?.content ?? '', /<feedback>\nshorter\n<\/feedback>/);
        await second.button('Accept all').click();
        await page.locator('.tab', { hasText: 'Review alt text' }).waitFor({ state: 'detached' });
        await workbench.waitForText(/^!\[Own words\]\(60\.png\)/);
      },
    );

    scenario('regenerates an image with a prompt of the library', async (workbench) => {
      const { palette, openFile, setCursor, page } = workbench;
      await openFile('two.md');
      await setCursor(3, 3);
      await palette('Notesight: Regenerate alt text for the image at the cursor');
      const { frame, boxes, ready, button } = await openedReview(workbench);
      await ready(1);
      fake.next({ kind: 'answer', text: answer('A square for everyone') });
      await frame.getByRole('button', { name: /^More/ }).click();
      await frame.getByRole('menuitem', { name: 'Describe with…' }).click();
      await page
        .locator('.quick-input-list .monaco-list-row', { hasText: 'Alt text for accessibility' })
        .click();
      await until(
        'the new text is shown',
        10_000,
        () => boxes.first().inputValue(),
        (text) => text === 'A square for everyone',
      );
      assert.match(fake.chats.at(-1)?.messages.at(-1)?.content ?? '', /screen reader/);
      await button('Skip all').click();
      await page.locator('.tab', { hasText: 'Review alt text' }).waitFor({ state: 'detached' });
    });

    scenario('is not needed to refine one image, and a failure keeps the feedback', async (workbench) => {
      const { openFile, setCursor, quickFix, page, waitForNotification, waitForText } = workbench;
      await openFile('two.md');
      await setCursor(1, 3);
      const input = page.locator('.quick-input-widget input[type=text]:visible');
      fake.next({ kind: 'error', status: 500, error: 'something broke' });
      await quickFix('Refine alt text…');
      await input.fill('in German');
      await input.press('Enter');
      await workbench.closeNotification(await waitForNotification(/something broke/));
      fake.next({ kind: 'answer', text: answer('Eigene Worte') });
      await quickFix('Refine alt text…');
      assert.equal(await input.inputValue(), 'in German');
      await input.press('Enter');
      await waitForText(/^!\[Eigene Worte\]\(60\.png\)/);
      const toast = await waitForNotification(/Alt text written\./);
      await toast.getByText('Undo', { exact: true }).click();
      await waitForText(/^!\[Own words\]\(60\.png\)/);
    });
  },
);
