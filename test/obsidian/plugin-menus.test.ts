import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxes, CAPTIONED, NOTE, open, serve } from './open-plugin.ts';

const WORDED = NOTE.replace('![[a.png]]', '![[a.png|My words]]');

test('no command has a hotkey, and each is named', async (t) => {
  const { page } = await open(t, 'http://127.0.0.1:9');
  const commands = await page.evaluate(() => {
    const { app } = globalThis as unknown as {
      app: {
        commands: { commands: Map<string, { id: string; name: string; hotkeys?: unknown; icon?: string }> };
      };
    };
    return [...app.commands.commands.values()].map(({ id, name, hotkeys, icon }) => ({
      id,
      name,
      hotkeys,
      icon,
    }));
  });
  assert.deepEqual(commands.map(({ id }) => id.replace('notesight:', '')).sort(), [
    'caption-at-cursor',
    'caption-folder',
    'caption-note',
    'caption-vault',
    'copy-description',
    'describe-again',
    'resume-waiting',
    'stop',
    'undo-batch',
  ]);
  for (const { id, name, hotkeys, icon } of commands) {
    assert.equal(hotkeys, undefined, id);
    assert.match(name, /^Notesight: \p{Lu}/u);
    assert.ok(icon);
  }
});

test('the menu on an image in the editor captions it; elsewhere it has nothing of ours', async (t) => {
  const fake = await serve(t);
  const { page, untilText, setCursor } = await open(t, fake.url);
  await setCursor(0);
  const line = (text: string) => page.locator('.cm-line', { hasText: text });
  await line('Words between').click({ button: 'right' });
  assert.equal(await page.getByText('Caption this image').count(), 0);
  await page.keyboard.press('Escape');
  await setCursor(NOTE.indexOf('b.png'));
  await line('b.png').click({ button: 'right', position: { x: 20, y: 8 } });
  await page.getByText('Caption this image').click();
  assert.equal(await untilText(/Square/), NOTE.replace('![]', '![Square 90 wide]'));
});

test('the menu of an image file captions it wherever it is embedded, and nothing else', async (t) => {
  const fake = await serve(t);
  const { page, showFileMenu, waitForNote, diskText } = await open(t, fake.url, {
    files: { 'note.md': NOTE, 'sub/other.md': 'x ![[a.png]] y ![[b.png]]\n' },
    note: null,
  });
  await showFileMenu(['a.png']);
  await page.getByText('Caption this image').click();
  await waitForNote('sub/other.md', 'x ![[a.png|Square 80 wide]] y ![[b.png]]\n');
  await waitForNote('note.md', NOTE.replace('![[a.png]]', '![[a.png|Square 80 wide]]'));
  assert.equal(await diskText('sub/other.md'), 'x ![[a.png|Square 80 wide]] y ![[b.png]]\n');
  assert.equal(fake.chats.length, 1);
});

test('the menus of a note, of a folder and of several files caption what is in them', async (t) => {
  const fake = await serve(t);
  const note = '![[a.png]]\n';
  const captioned = '![[a.png|Square 80 wide]]\n';
  const { page, showFileMenu, waitForNote, diskText } = await open(t, fake.url, {
    files: { 'one.md': note, 'in/two.md': note, 'in/deep/three.md': note, 'four.md': note, 'five.md': note },
    note: null,
  });
  await showFileMenu(['one.md']);
  await page.getByText('Caption the images of this note').click();
  await waitForNote('one.md', captioned);
  assert.equal(await diskText('in/two.md'), note);
  await showFileMenu(['in']);
  await page.getByText('Caption the images of this folder').click();
  await waitForNote('in/two.md', captioned);
  await waitForNote('in/deep/three.md', captioned);
  assert.equal(await diskText('four.md'), note);
  await showFileMenu(['four.md', 'five.md']);
  await page.getByText('Caption the images of these files').click();
  await waitForNote('four.md', captioned);
  await waitForNote('five.md', captioned);
});

test('the ribbon captions the open note', async (t) => {
  const fake = await serve(t);
  const { page, untilText } = await open(t, fake.url);
  await page.getByLabel('Caption the images of this note').click();
  await untilText(CAPTIONED);
});

test("the command for a folder means the note's own, with the folders in it", async (t) => {
  const fake = await serve(t);
  const note = '![[a.png]]\n';
  const { runCommand, waitForNote, diskText } = await open(t, fake.url, {
    files: { 'out.md': note, 'in/note.md': note, 'in/deep/other.md': note },
    note: 'in/note.md',
  });
  await runCommand('notesight:caption-folder');
  await waitForNote('in/deep/other.md', 'Square');
  await waitForNote('in/note.md', 'Square');
  assert.equal(await diskText('out.md'), note);
});

test("a person's words are replaced only by describing again, and only after a review", async (t) => {
  const fake = await serve(t);
  const { page, runCommand, setCursor, editorText, untilText, untilNotice } = await open(t, fake.url, {
    files: { 'note.md': WORDED },
  });
  await setCursor(WORDED.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  assert.match(await untilNotice(/./), /^This image has words\./);
  await runCommand('notesight:describe-again');
  await page.getByText('Old words: My words').waitFor();
  await boxes(page).first().waitFor();
  assert.equal(await editorText(), WORDED);
  await page.keyboard.press('Enter');
  assert.equal(await untilText(/Square/), WORDED.replace('My words', 'Square 80 wide'));
});

test('the description of an image is copied once it is known', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, setCursor, untilText, untilNotice } = await open(t, fake.url);
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:copy-description');
  assert.equal(await untilNotice(/described/), 'This image is not described yet.');
  await runCommand('notesight:caption-at-cursor');
  await untilText(/Square/);
  await runCommand('notesight:copy-description');
  await untilNotice(/Copied/);
  assert.equal(await page.evaluate<string>('navigator.clipboard.readText()'), 'It was made by a test.');
});

test('the status shows how far a batch is; a click stops it, and what was written stays', async (t) => {
  const fake = await serve(t, { delay: 300 });
  const notes = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      `note ${index}.md`,
      `![[${index % 2 === 0 ? 'a' : 'b'}.png]]\n`,
    ]),
  );
  // Each is asked about anew, for the words around it go to the model too, but the log knows the image.
  const { page, runCommand, offeredCommands, diskText } = await open(t, fake.url, {
    files: { ...notes, 'z.md': '![[a.png]]' },
    note: null,
  });
  assert.ok(!(await offeredCommands()).includes('notesight:stop'));
  void runCommand('notesight:caption-vault');
  const status = page.locator('.notesight-status');
  await status.getByText('0/10').waitFor();
  assert.match((await status.getAttribute('aria-label')) ?? '', /^Notesight: 0\/10\. Stop captioning$/);
  assert.equal(await status.getAttribute('role'), 'button');
  assert.ok((await offeredCommands()).includes('notesight:stop'));
  await status.focus();
  await page.keyboard.press('Enter');
  await status.waitFor({ state: 'hidden' });
  const asked = fake.chats.length;
  assert.ok(asked <= 2, `${asked} were asked about`);
  assert.equal(await diskText('z.md'), '![[a.png]]');
});

test('undo takes the last batch back in open and in closed notes, but for what a person changed since', async (t) => {
  const fake = await serve(t);
  const { runCommand, untilText, untilNotice, editorText, waitForNote, setCursor, typeText } = await open(
    t,
    fake.url,
    { files: { 'note.md': NOTE, 'other.md': '![[a.png]]\n' } },
  );
  await runCommand('notesight:undo-batch');
  await untilNotice(/no captions to undo/);
  await runCommand('notesight:caption-vault');
  const text = await untilText(CAPTIONED);
  await waitForNote('other.md', 'Square');
  await untilNotice(/^Captions: 3 written/);
  await setCursor(text.indexOf('Square 80') + 6);
  await typeText('!');
  await runCommand('notesight:undo-batch');
  await waitForNote('other.md', '![[a.png]]\n');
  assert.match(await untilNotice(/^Took back/), /2 captions in 2 notes\. 1 place changed/);
  assert.equal(await editorText(), NOTE.replace('![[a.png]]', '![[a.png|Square! 80 wide]]'));
});
