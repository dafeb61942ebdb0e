import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inReview } from './in-review.ts';
import { CAPTIONED, NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const words = (alt: string) => ({
  kind: 'answer' as const,
  text: JSON.stringify({ alt, description: '', text: '', tags: [], decorative: false }),
});
const CRASH = { kind: 'error', status: 500, error: 'something broke' } as const;

test('a batch is reviewed before anything is written: edited, skipped, accepted by the keyboard', async (t) => {
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
  await dialog.getByText('All images are dealt with.').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  assert.equal(await editorText(), text);
});

test('a review that is closed by Escape writes nothing, and the next one asks nobody', async (t) => {
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

test('what is in another language than asked for is marked, and written only when it is accepted by itself', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, runCommand, editorText } = await plugin.open(t, fake.url, {
    data: { language: 'ru' },
  });
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  const warning = dialog.getByText('Not in the language you asked for');
  assert.equal(await warning.count(), 2);
  const acceptAll = dialog.getByRole('button', { name: 'Accept all' });
  assert.equal(await acceptAll.getAttribute('aria-disabled'), 'true');
  assert.equal(await editorText(), NOTE);
  await dialog.getByRole('textbox').first().press('Enter');
  await untilText(/\[\[a\.png\|Square/);
  assert.equal(await warning.count(), 1);
});

test('closing the review stops the model', async (t) => {
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

test('set to always, the review shows a single image too', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, setCursor, editorText } = await plugin.open(t, fake.url, {
    data: { review: 'always' },
  });
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  await inReview(page).ready(1);
  assert.equal(await editorText(), NOTE);
});

test('set to batches, a single image is written at once, and two are reviewed', async (t) => {
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

test('set to never, all is written at once', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, {
    data: { review: 'never' },
  });
  await runCommand('notesight:caption-note');
  await untilNotice(/^Captions: 2 written/);
  assert.equal(await editorText(), CAPTIONED);
  assert.equal(await inReview(page).dialog.count(), 0);
});

test('all that is accepted at once is one step of undo in each open note', async (t) => {
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
  await dialog.getByText('All images are dealt with.').first().waitFor();
  await page.keyboard.press('Escape');
  await untilNotice(/^Captions: 4 written/);
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

test('a whole review is undone as one batch, however many steps it was accepted in', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const { ready, dialog } = inReview(page);
  await ready(2);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await dialog.getByText('All images are dealt with.').first().waitFor();
  await page.keyboard.press('Escape');
  await untilNotice(/^Captions: 2 written/);
  assert.equal(await editorText(), CAPTIONED);
  await runCommand('notesight:undo-batch');
  await untilNotice(/^Took back 2 captions in 1 note\.$/);
  assert.equal(await editorText(), NOTE);
});

test('asking again about one image brings other words, past the log, and leaves the others', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText } = await plugin.open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const { ready, boxes, button } = inReview(page);
  await ready(2);
  fake.next(words('A second look'));
  await button(/^Ask again b/).click();
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

test('what failed says why, is asked about again all at once, and can be accepted then', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText } = await plugin.open(t, fake.url, { data: {} });
  fake.next(CRASH, CRASH);
  await runCommand('notesight:caption-note');
  const { dialog, ready, button } = inReview(page);
  await dialog.getByText('0 to review, 2 failed').first().waitFor();
  assert.equal(await dialog.getByText(/something broke/).count(), 2);
  await button('Ask again for the failed').click();
  await ready(2);
  await button('Accept all').click();
  assert.equal(await untilText(/Square 90/), CAPTIONED);
});

test('an image that left its note while it was reviewed comes back with the reason, and nothing is lost', async (t) => {
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

test('what each image shows is put under it, and words of a person stay', async (t) => {
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
