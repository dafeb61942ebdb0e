import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxes, CAPTIONED, NOTE, open, serve } from './open-plugin.ts';

test('set to always, the review comes for one image too; set to batches, only for several', async (t) => {
  const fake = await serve(t);
  const always = await open(t, fake.url, { data: { review: 'always' } });
  await always.setCursor(NOTE.indexOf('a.png'));
  await always.runCommand('notesight:caption-at-cursor');
  await boxes(always.page).first().waitFor();
  assert.equal(await always.editorText(), NOTE);

  const batches = await open(t, fake.url, { data: { review: 'batches' } });
  await batches.setCursor(NOTE.indexOf('a.png'));
  await batches.runCommand('notesight:caption-at-cursor');
  await batches.untilText(/Square 80 wide/);
});

test('accepting all writes what stands in the boxes, as one step of undo in the open note', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, editorText, untilText, waitForNote } = await open(t, fake.url, {
    data: {},
    files: { 'note.md': NOTE, 'other.md': '![[a.png]]\n' },
  });
  await runCommand('notesight:caption-vault');
  await boxes(page).nth(2).waitFor();
  await boxes(page).nth(1).fill('A green square');
  await page.getByRole('button', { name: 'Accept all' }).click();
  const text = await untilText(/A green square/);
  assert.equal(text, NOTE.replace('a.png]]', 'a.png|Square 80 wide]]').replace('![]', '![A green square]'));
  await waitForNote('other.md', '![[a.png|Square 80 wide]]\n');
  await page.keyboard.press('Escape');
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), NOTE);
});

test('asked again, the model looks anew, and the new words come into the row', async (t) => {
  let asked = 0;
  const fake = await serve(t, {
    models: [{ name: 'gemma3:4b', answer: () => ({ alt: `Answer ${++asked}`, decorative: false }) }],
  });
  const { page, runCommand, untilText } = await open(t, fake.url, {
    data: {},
    files: { 'note.md': '![[a.png]] ![[b.png]]\n' },
  });
  await runCommand('notesight:caption-note');
  await boxes(page).nth(1).waitFor();
  await page.getByText('Ask again', { exact: true }).first().click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLTextAreaElement>('.modal textarea')].some(
      ({ value }) => value === 'Answer 3',
    ),
  );
  await page.getByRole('button', { name: 'Accept all' }).click();
  await untilText(/!\[\[a\.png\|Answer 3\]\] !\[\[b\.png\|Answer 2\]\]/);
});

test('what fails stands in the list with its reason and what to do, and the rest can be accepted', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, untilText } = await open(t, fake.url, {
    data: {},
    files: { 'note.md': '![[a.png]]\n\n![[broken.png]]\n' },
    binaries: {
      'a.png': await import('./open-plugin.ts').then(({ square }) => square(80)),
      'broken.png': Buffer.from('no image'),
    },
  });
  await runCommand('notesight:caption-note');
  await boxes(page).first().waitFor();
  await page.getByText(/broken\.png.*(?:can't be read|not supported)/).waitFor();
  await page.getByRole('button', { name: 'Accept all' }).click();
  await untilText(/a\.png\|Square 80 wide/);
});

test('words accepted for an image that is gone meanwhile come back with the reason, and nothing else is harmed', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, editorText, writeOutside, waitForNote } = await open(t, fake.url, {
    data: {},
    files: { 'note.md': NOTE, 'other.md': '![[a.png]] ![[b.png]]\n' },
  });
  await runCommand('notesight:caption-vault');
  await boxes(page).nth(3).waitFor();
  await writeOutside('other.md', 'Nothing here any more, but ![[b.png]]\n');
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByText(/no longer stands in it/).waitFor();
  await waitForNote('other.md', 'Nothing here any more, but ![[b.png|Square 90 wide]]\n');
  assert.match(await editorText(), CAPTIONED);
});

test('stopping goes on with nothing: a review that is closed stops asking', async (t) => {
  const fake = await serve(t, { delay: 500 });
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `n${index}.md`,
      `Words ${index}\n\n![[${index % 2 ? 'a' : 'b'}.png]]\n`,
    ]),
  );
  const { page, runCommand } = await open(t, fake.url, { data: {}, files, note: null });
  await runCommand('notesight:caption-vault');
  await page.locator('.notesight-status').waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  await page.locator('.notesight-status').waitFor({ state: 'hidden' });
  const asked = fake.chats.length;
  await page.waitForTimeout(700);
  assert.equal(fake.chats.length, asked);
  assert.ok(asked < 3);
});
