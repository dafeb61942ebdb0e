import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { textOnly } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { freePort } from './free-port.ts';
import { inReview } from './in-review.ts';
import { CAPTIONED, NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const words = (alt: string) => ({
  kind: 'answer' as const,
  text: JSON.stringify({ alt, description: '', text: '', tags: [], decorative: false }),
});
const valuesOf = (boxes: Locator) =>
  boxes.evaluateAll((found) => found.map((box) => (box as HTMLTextAreaElement).value));
const untilValues = (page: Page, values: readonly string[]) =>
  page.waitForFunction(
    (wanted) =>
      JSON.stringify(
        [...document.querySelectorAll('textarea')]
          .filter((box) => box.offsetParent)
          .map(({ value }) => value),
      ) === JSON.stringify(wanted),
    values,
  );
const CRASH = { kind: 'error', status: 500, error: 'something broke' } as const;

test('reviews a batch by keyboard before writing: edit, skip, accept', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, runCommand, editorText } = await plugin.open(t, fake.url, { data: {} });
  const { boxes, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  assert.equal(await editorText(), NOTE);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('My own words');
  await page.keyboard.press('Enter');
  const text = await untilText(/My own words/);
  assert.equal(text, NOTE.replace('![[a.png]]', '![[a.png|My own words]]'));
  assert.equal(await boxes.inputValue(), 'Square 90 wide');
  await page.keyboard.press('Alt+Enter');
  await dialog.getByText('All images reviewed.').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  assert.equal(await editorText(), text);
});

test('opens with a row for every image and describes them one after the other', async (t) => {
  const fake = await serveSquares(t);
  fake.next({ kind: 'hang' });
  const { page, runCommand } = await plugin.open(t, fake.url, { data: {} });
  const { dialog } = inReview(page);
  await runCommand('notesight:caption-note');
  await dialog.getByText('Describing…').nth(1).waitFor();
  assert.deepEqual(await dialog.locator('.notesight-file').allInnerTexts(), ['a.png', 'b.png']);
  await dialog.getByText('0 of 2 described').waitFor();
  assert.equal(await dialog.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.max), 2);
});

test('stops describing, keeps what is done, and removes the rest from the review', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, editorText, untilText } = await plugin.open(t, fake.url, {
    data: { concurrency: 1 },
  });
  const { dialog, boxes, ready } = inReview(page);
  fake.next({ kind: 'answer', text: words('One').text }, { kind: 'hang' });
  await runCommand('notesight:caption-note');
  await ready(1);
  await dialog.getByText('1 of 2 described').waitFor();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByRole('progressbar').waitFor({ state: 'hidden' });
  assert.deepEqual(await valuesOf(boxes), ['One']);
  assert.equal(await dialog.getByRole('listitem').count(), 1);
  assert.equal(await editorText(), NOTE);
  await dialog.getByRole('button', { name: 'Accept all' }).click();
  await untilText(/a\.png\|One/);
});

test('pauses describing and resumes with the images that are left', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand } = await plugin.open(t, fake.url, { data: { concurrency: 1 } });
  const { dialog, boxes, ready } = inReview(page);
  fake.next({ kind: 'answer', text: words('One').text }, { kind: 'hang' });
  await runCommand('notesight:caption-note');
  await ready(1);
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByText('Paused: 1 of 2 described').waitFor();
  assert.equal(await dialog.locator('.notesight-waiting:visible').count(), 1);
  const asked = fake.chats.length;
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await ready(2);
  assert.deepEqual(await valuesOf(boxes), ['One', 'Square 90 wide']);
  assert.equal(fake.chats.length, asked + 1);
  assert.equal(await dialog.getByRole('progressbar').count(), 0);
});

test('stops a paused review', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand } = await plugin.open(t, fake.url, { data: { concurrency: 1 } });
  const { dialog, ready } = inReview(page);
  fake.next({ kind: 'answer', text: words('One').text }, { kind: 'hang' });
  await runCommand('notesight:caption-note');
  await ready(1);
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByText('Paused: 1 of 2 described').waitFor();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByRole('progressbar').waitFor({ state: 'hidden' });
  assert.equal(await dialog.getByRole('listitem').count(), 1);
});

test('leaves an image out for good, after a restart and a rename, until it is included again', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, disablePlugin, enablePlugin, renameFile, toggleSettings } = await plugin.open(
    t,
    fake.url,
    { data: { review: 'always' } },
  );
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await dialog.getByRole('button', { name: 'More actions for a.png' }).click();
  await page.locator('.menu').getByText('Never describe this image').click();
  await dialog.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await disablePlugin();
  await enablePlugin();
  await renameFile('a.png', 'c.png');
  await runCommand('notesight:caption-note');
  await ready(1);
  assert.deepEqual(await dialog.locator('.notesight-file').allInnerTexts(), ['b.png']);
  await page.keyboard.press('Escape');
  await toggleSettings();
  await page.getByText('c.png').first().waitFor();
  await page.getByRole('button', { name: 'Include c.png again' }).click();
  await page.getByText('None', { exact: true }).waitFor();
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await ready(2);
});

test('shows an error of the whole batch once, above the rows, and can retry', async (t) => {
  const port = await freePort();
  const { page, runCommand } = await plugin.open(t, `http://127.0.0.1:${port}`, { data: {} });
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  const banner = dialog.getByRole('alert');
  await banner.getByText("Can't reach the server").waitFor();
  assert.equal(await dialog.getByText('Not described yet').count(), 2);
  assert.equal(await dialog.getByText("Can't reach the server").count(), 1);
  await banner.getByRole('button', { name: 'Open settings' }).click();
  await page.locator('.mod-settings').waitFor();
  await page.keyboard.press('Escape');
  await serveSquares(t, { port });
  await banner.getByRole('button', { name: 'Retry' }).click();
  await ready(2);
  assert.equal(await banner.count(), 0);
  assert.equal(await dialog.locator('.notesight-error:visible').count(), 0);
});

test('offers to download a model when the server has none that supports images', async (t) => {
  const fake = await serveSquares(t, { models: [textOnly] });
  const { page, runCommand } = await plugin.open(t, fake.url, { data: {} });
  const { dialog } = inReview(page);
  await runCommand('notesight:caption-note');
  const banner = dialog.getByRole('alert');
  await banner.getByRole('button', { name: 'Download gemma3:4b' }).click();
  await page.locator('.notice', { hasText: 'gemma3:4b' }).waitFor();
  assert.equal(await banner.count(), 1, 'it stays until the download ends');
});

test('writes nothing when the review is closed by Escape, and reuses the answers next time', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, editorText, notices } = await plugin.open(t, fake.url, { data: {} });
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  assert.equal(await editorText(), NOTE);
  assert.deepEqual(await notices(), []);
  const asked = fake.chats.length;
  await runCommand('notesight:caption-note');
  await ready(2);
  assert.equal(fake.chats.length, asked);
});

/** Actions in the question about unsaved edits. */
const keepQuestion = (page: Page) => {
  const question = page.getByRole('dialog').filter({ hasText: 'Keep your edits?' });
  return { question, answer: (name: string) => question.getByRole('button', { name }).click() };
};

const CLOSERS = {
  Escape: (page: Page) => page.keyboard.press('Escape'),
  'the close button': (page: Page) =>
    page
      .locator('.modal', { has: page.locator('.notesight-review') })
      .getByLabel('Close')
      .click(),
  'a click beside it': (page: Page) => page.locator('.modal-bg').click({ position: { x: 5, y: 5 } }),
};

for (const [name, closeReview] of Object.entries(CLOSERS)) {
  test(`asks when a review with edits is closed by ${name}, and keeps them for the next review`, async (t) => {
    const fake = await serveSquares(t);
    const { page, runCommand, editorText, untilText } = await plugin.open(t, fake.url, { data: {} });
    const { boxes, button, dialog, ready } = inReview(page);
    await runCommand('notesight:caption-note');
    await ready(2);
    await boxes.first().fill('My own words');
    await closeReview(page);
    const { question, answer } = keepQuestion(page);
    await question.getByText('Your edits to 1 image are not saved to your notes yet.').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    assert.equal(await boxes.first().inputValue(), 'My own words');
    await closeReview(page);
    await answer('Keep for later');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await editorText(), NOTE);

    const asked = fake.chats.length;
    await runCommand('notesight:caption-note');
    await ready(2);
    assert.equal(fake.chats.length, asked);
    assert.equal(await boxes.first().inputValue(), 'My own words');
    assert.equal(await boxes.nth(1).inputValue(), 'Square 90 wide');
    await button('Accept all').click();
    assert.equal(await untilText(/Square 90/), CAPTIONED.replace('Square 80 wide', 'My own words'));
  });
}

test('closes without asking when all edits were kept before, and restores skips', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText } = await plugin.open(t, fake.url, {
    data: {},
    files: { 'note.md': `${NOTE}![](a.png)\n` },
  });
  const { boxes, button, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(3);
  await boxes.nth(2).fill('The same image, elsewhere');
  await button(/^Skip b/).click();
  await page.keyboard.press('Escape');
  await keepQuestion(page).answer('Keep for later');
  for (let time = 0; time < 2; time++) {
    await runCommand('notesight:caption-note');
    await ready(2);
    await dialog.getByRole('listitem', { name: 'b.png You skipped this image.' }).waitFor();
    assert.deepEqual(await valuesOf(boxes), ['Square 80 wide', 'The same image, elsewhere']);
    assert.equal(await boxes.first().evaluate((box) => box === document.activeElement), true);
    if (time === 0) await page.keyboard.press('Escape');
    assert.equal(await keepQuestion(page).question.count(), 0);
  }
  const asked = fake.chats.length;
  await button(/^Review b/).click();
  await ready(3);
  assert.equal(fake.chats.length, asked);
  await button('Accept all').click();
  assert.equal(await untilText(/elsewhere/), `${CAPTIONED}![The same image, elsewhere](a.png)\n`);
});

test('drops discarded edits', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, editorText } = await plugin.open(t, fake.url, { data: {} });
  const { boxes, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await boxes.first().fill('My own words');
  await page.keyboard.press('Escape');
  await keepQuestion(page).answer('Discard edits');
  await dialog.waitFor({ state: 'detached' });
  await runCommand('notesight:caption-note');
  await ready(2);
  assert.deepEqual(await valuesOf(boxes), ['Square 80 wide', 'Square 90 wide']);
  assert.equal(await editorText(), NOTE);
});

test('keeps edits after a restart, a rename and a server failure, and writes them without a model', async (t) => {
  const fake = await startFakeOllama({ models: [squares] });
  t.after(() => fake.close().catch(() => undefined));
  const { page, runCommand, disablePlugin, enablePlugin, renameFile, waitForNote } = await plugin.open(
    t,
    fake.url,
    {
      data: {},
    },
  );
  const { boxes, button, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await boxes.first().fill('My own words');
  await disablePlugin();
  await page.keyboard.press('Escape');
  await keepQuestion(page).answer('Keep for later');
  await enablePlugin();
  await renameFile('note.md', 'Moved.md');
  await fake.close();
  await runCommand('notesight:caption-note');
  await ready(1);
  await dialog
    .getByText(/Can't reach/)
    .first()
    .waitFor();
  assert.deepEqual(await valuesOf(boxes), ['My own words']);
  await button('Accept a.png').click();
  await waitForNote('Moved.md', /!\[\[a\.png\|My own words\]\]/);
});

test('does not overwrite an image with text pending in a review', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, editorText, untilText } = await plugin.open(t, fake.url, { data: {} });
  const { boxes, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await boxes.nth(1).fill('My own words');
  await boxes.first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await keepQuestion(page).answer('Keep for later');
  const written = await untilText(/Square 80/);
  await runCommand('notesight:caption-note');
  await ready(1);
  assert.equal(await boxes.inputValue(), 'My own words');
  assert.equal(await editorText(), written);
  await page.keyboard.press('Enter');
  assert.equal(await untilText(/My own/), CAPTIONED.replace('Square 90 wide', 'My own words'));
});

test('returns a text that could not be written, with the reason', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, writeOutside, untilText, waitForNote } = await plugin.open(t, fake.url, {
    data: {},
  });
  const { boxes, button, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await boxes.nth(1).fill('My own words');
  await writeOutside('note.md', NOTE.replace('![](b.png)\n', ''));
  await untilText(/between\.\n\n$/);
  await button('Accept all').click();
  await dialog.getByText('1 failed').first().waitFor();
  assert.deepEqual(await valuesOf(boxes), ['My own words']);
  await waitForNote('note.md', /Square 80/);
  await writeOutside('note.md', CAPTIONED.replace('Square 90 wide', ''));
  await untilText(/!\[\]\(b\.png\)/);
  await button('Accept b.png').click();
  assert.equal(await untilText(/My own/), CAPTIONED.replace('Square 90 wide', 'My own words'));
});

test('keeps edited texts when regenerating all', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand } = await plugin.open(t, fake.url, { data: {} });
  const { boxes, button, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await boxes.first().fill('My own words');
  fake.next(words('A second look'));
  await button('Regenerate all').click();
  await dialog.getByText('The image you edited was not regenerated.').first().waitFor();
  await untilValues(page, ['My own words', 'A second look']);
  fake.next(words('A third look'));
  await button('Regenerate edited images too').click();
  await untilValues(page, ['A third look', 'A second look']);
  await boxes.first().focus();
  await page.keyboard.press('Control+z');
  await untilValues(page, ['My own words', 'A second look']);
});

test('marks text in the wrong language and requires accepting it individually', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, runCommand, editorText } = await plugin.open(t, fake.url, {
    data: { language: 'ru' },
  });
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  const warning = dialog.getByText('Not in the selected language');
  assert.equal(await warning.count(), 2);
  const acceptAll = dialog.getByRole('button', { name: 'Accept all' });
  assert.equal(await acceptAll.getAttribute('aria-disabled'), 'true');
  assert.equal(await editorText(), NOTE);
  await dialog.getByRole('textbox').first().press('Enter');
  await untilText(/\[\[a\.png\|Square/);
  assert.equal(await warning.count(), 1);
});

test('stops the model when the review closes', async (t) => {
  const fake = await serveSquares(t);
  fake.next(words('First words'), { kind: 'hang' });
  const { page, runCommand, statusBarText } = await plugin.open(t, fake.url, { data: {} });
  const { ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(1);
  await page.locator('.status-bar').getByText('1/2').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.status-bar')?.innerText === '');
  assert.equal(await statusBarText(), '');
  assert.equal(fake.concurrency.now, 0);
});

test('reviews a single image when set to always', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, setCursor, editorText } = await plugin.open(t, fake.url, {
    data: { review: 'always' },
  });
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  await inReview(page).ready(1);
  assert.equal(await editorText(), NOTE);
});

test('reviews two images, but not a single one, when set to batches', async (t) => {
  const fake = await serveSquares(t);
  const one = '![[a.png]]\n';
  const { page, runCommand, untilText, openNote } = await plugin.open(t, fake.url, {
    data: { review: 'batches' },
    files: { 'one.md': one, 'note.md': NOTE },
    note: 'one.md',
  });
  await runCommand('notesight:caption-note');
  assert.equal(await untilText(/Square/), '![[a.png|Square 80 wide]]\n');
  await openNote('note.md', 'here');
  await runCommand('notesight:caption-note');
  await inReview(page).ready(2);
});

test('writes immediately when set to never', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, {
    data: { review: 'never' },
  });
  await runCommand('notesight:caption-note');
  await untilNotice(/^Updated 2 images/);
  assert.equal(await editorText(), CAPTIONED);
  assert.equal(await inReview(page).dialog.count(), 0);
});

test('accepts all as one undo step per open note', async (t) => {
  const fake = await serveSquares(t);
  const other = '![[b.png]] and ![[a.png]]\n';
  const { page, runCommand, untilNotice, editorText, openNote, activateNote, setCursor } = await plugin.open(
    t,
    fake.url,
    { data: {}, files: { 'note.md': NOTE, 'other.md': other } },
  );
  await openNote('other.md', 'split');
  await runCommand('notesight:caption-vault');
  const { ready, button, dialog } = inReview(page);
  await ready(4);
  await button('Accept all').click();
  await dialog.getByText('All images reviewed.').first().waitFor();
  await page.keyboard.press('Escape');
  await untilNotice(/^Updated 4 images/);
  for (const [path, before, after] of [
    ['note.md', NOTE, CAPTIONED],
    ['other.md', other, '![[b.png|Square 90 wide]] and ![[a.png|Square 80 wide]]\n'],
  ] as const) {
    await activateNote(path);
    assert.equal(await editorText(), after);
    await setCursor(0);
    await page.keyboard.press('Control+z');
    assert.equal(await editorText(), before);
  }
});

test('undoes a whole review as one batch', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const { ready, dialog } = inReview(page);
  await ready(2);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await dialog.getByText('All images reviewed.').first().waitFor();
  await page.keyboard.press('Escape');
  await untilNotice(/^Updated 2 images/);
  assert.equal(await editorText(), CAPTIONED);
  await runCommand('notesight:undo-batch');
  await untilNotice(/^Reverted 2 images in 1 note\.$/);
  assert.equal(await editorText(), NOTE);
});

test('regenerates one image without the log, and leaves the others alone', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText } = await plugin.open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const { ready, boxes, button } = inReview(page);
  await ready(2);
  fake.next(words('A second look'));
  await button(/^Regenerate b/).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('textarea')].some(({ value }) => value === 'A second look'),
  );
  assert.deepEqual(
    await boxes.evaluateAll((found) => found.map((box) => (box as HTMLTextAreaElement).value)),
    ['Square 80 wide', 'A second look'],
  );
  await button('Accept all').click();
  assert.equal(await untilText(/second/), CAPTIONED.replace('Square 90 wide', 'A second look'));
});

test('shows errors, retries all failed images and lets the user accept them', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText } = await plugin.open(t, fake.url, { data: {} });
  fake.next(CRASH, CRASH);
  await runCommand('notesight:caption-note');
  const { dialog, ready, button } = inReview(page);
  await dialog.getByText('0 to review, 2 failed').first().waitFor();
  assert.equal(await dialog.getByText(/something broke/).count(), 2);
  await button('Retry failed').click();
  await ready(2);
  await button('Accept all').click();
  assert.equal(await untilText(/Square 90/), CAPTIONED);
});

test('returns an image that left its note during the review, with the reason', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, editorText, writeOutside, untilText } = await plugin.open(t, fake.url, {
    data: {},
  });
  await runCommand('notesight:caption-note');
  const { dialog, ready, button } = inReview(page);
  await ready(2);
  await writeOutside('note.md', NOTE.replace('![](b.png)\n', ''));
  await untilText(/between\.\n\n$/);
  await button('Accept all').click();
  await dialog.getByText('1 failed').first().waitFor();
  assert.equal(await editorText(), CAPTIONED.replace('![Square 90 wide](b.png)\n', ''));
});

test("adds captions below the images and keeps the user's alt text", async (t) => {
  const fake = await serveSquares(t);
  const note = '![[a.png|My own words]]\n\nText.\n\n![](b.png)\n';
  const window = await plugin.open(t, fake.url, { files: { 'note.md': note } });
  await window.runCommand('notesight:describe-under-images');
  const review = inReview(window.page);
  await review.ready(2);
  assert.equal(await review.boxes.first().inputValue(), 'My own words');
  await review.button('Accept all').click();
  assert.equal(
    await window.untilText(/Square 90[^]*made by a test/),
    [
      '![[a.png|My own words]]',
      '> [!image]- My own words',
      '> It was made by a test.',
      '',
      'Text.',
      '',
      '![Square 90 wide](b.png)',
      '> [!image]- Square 90 wide',
      '> It was made by a test.',
      '',
    ].join('\n'),
  );
});

test('refines an alt text with feedback, and Escape in the feedback leaves the review open', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, runCommand } = await plugin.open(t, fake.url, { data: {} });
  const { boxes, dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  const asked = fake.chats.length;
  await dialog.getByRole('button', { name: /^Refine… a/ }).click();
  const feedback = dialog.getByRole('textbox', { name: /^What to change/ });
  await feedback.fill('in German');
  await feedback.press('Escape');
  assert.equal(await dialog.count(), 1);
  await page.keyboard.press('Enter');
  fake.next(words('Ein Quadrat'));
  await feedback.press('Enter');
  await dialog.getByText('Refined. Check the new text.').waitFor();
  assert.equal(await feedback.inputValue(), 'in German');
  assert.equal(await boxes.first().inputValue(), 'Ein Quadrat');
  assert.equal(fake.chats.length, asked + 1, 'the language of the answer is not questioned');
  await dialog.getByRole('button', { name: 'Accept a.png' }).click();
  await untilText(/!\[\[a\.png\|Ein Quadrat\]\]/);
});
