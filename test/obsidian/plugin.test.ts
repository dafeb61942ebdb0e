import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxes, CAPTIONED, freePort, NOTE, open, serve, square } from './open-plugin.ts';

test('the images of a note get their words in the open editor, and one Ctrl+Z takes them back', async (t) => {
  const fake = await serve(t);
  const { untilText, page, runCommand, editorText, setCursor } = await open(t, fake.url);
  assert.equal(await runCommand('notesight:caption-note'), true);
  await untilText(CAPTIONED);
  await setCursor(0);
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), NOTE);
});

test('the image under the cursor, and only it, gets words; elsewhere the command is not offered', async (t) => {
  const fake = await serve(t);
  const { untilText, runCommand, setCursor } = await open(t, fake.url, { data: {} });
  await setCursor(0);
  assert.equal(await runCommand('notesight:caption-at-cursor'), false);
  await setCursor(NOTE.indexOf('b.png'));
  assert.equal(await runCommand('notesight:caption-at-cursor'), true);
  const text = await untilText(/Square/);
  assert.equal(text, NOTE.replace('![](b.png)', '![Square 90 wide](b.png)'));
});

test('a closed note is written in the vault, and the last batch is undone there', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, editorText } = await open(t, fake.url, {
    files: { 'note.md': NOTE, 'other.md': '![[a.png]]\n' },
  });
  await runCommand('notesight:caption-vault');
  await page.waitForFunction(() => obsidianHost.diskText('other.md')?.includes('Square'));
  await page.waitForFunction(() => obsidianHost.notices().some((notice) => notice.startsWith('Captions:')));
  await runCommand('notesight:undo-batch');
  await page.waitForFunction(() => obsidianHost.diskText('other.md') === '![[a.png]]\n');
  assert.equal(await editorText(), NOTE);
});

test('a batch is reviewed before anything is written: edited, skipped, accepted by the keyboard', async (t) => {
  const fake = await serve(t);
  const { page, untilText, runCommand, editorText } = await open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const first = boxes(page).first();
  await first.waitFor();
  await boxes(page).nth(1).waitFor();
  assert.equal(await editorText(), NOTE);
  await first.fill('My own words');
  await page.keyboard.press('Enter');
  const text = await untilText(/My own words/);
  assert.equal(text, NOTE.replace('![[a.png]]', '![[a.png|My own words]]'));
  await page.keyboard.press('Alt+Enter');
  await page.getByText('All images are dealt with.').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await editorText(), text);
});

test('a review that is closed writes nothing, and the next one asks nobody', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, editorText } = await open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  await boxes(page).nth(1).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await editorText(), NOTE);
  const asked = fake.chats.length;
  await runCommand('notesight:caption-note');
  await boxes(page).nth(1).waitFor();
  assert.equal(fake.chats.length, asked);
});

test('a pasted image gets its words while typing goes on, and undoing them leaves the typing', async (t) => {
  const fake = await serve(t, { delay: 400 });
  const { page, pasteImage, untilText, editorText, setCursor } = await open(t, fake.url);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image \d+\.png/);
  await page.keyboard.type(' typed after');
  const text = await untilText(/Square 70 wide/);
  assert.match(text, /\n!\[\[Pasted image \d+\.png\|Square 70 wide\]\] typed after$/);
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), text.replace('|Square 70 wide', ''));
});

test('five images pasted at once get each its own words', async (t) => {
  const fake = await serve(t);
  const { untilText, setCursor, pasteImages } = await open(t, fake.url);
  await setCursor(NOTE.length);
  const images = await Promise.all([41, 42, 43, 44, 45].map((size) => square(size)));
  await pasteImages(...images.map((bytes) => ({ name: 'image.png', type: 'image/png', bytes })));
  const text = await untilText(/(?:\|Square 4\d wide\]\][^]*){5}/);
  assert.deepEqual(
    [...text.matchAll(/Square (4\d) wide/g)].map(([, size]) => size),
    ['41', '42', '43', '44', '45'],
  );
});

test('a note that is closed while the model thinks still gets the words for what was pasted', async (t) => {
  const fake = await serve(t, { delay: 600 });
  const { page, pasteImage, untilText, setCursor, closeNote } = await open(t, fake.url);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await closeNote('note.md');
  await page.waitForFunction(() => obsidianHost.diskText('note.md')?.includes('Square 70 wide'));
});

test('with paste set to off nothing is asked, and Obsidian saves the image as always', async (t) => {
  const fake = await serve(t);
  const { page, pasteImage, untilText, setCursor } = await open(t, fake.url, { data: { paste: 'off' } });
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
});

test('an image that sync brings is left alone', async (t) => {
  const fake = await serve(t);
  const { page, notices } = await open(t, fake.url);
  await page.evaluate(
    async (bytes) => {
      const { vault } = (
        globalThis as unknown as {
          app: { vault: { createBinary(path: string, data: ArrayBuffer): Promise<unknown> } };
        }
      ).app;
      await vault.createBinary('synced.png', new Uint8Array(bytes).buffer);
    },
    [...(await square(70))],
  );
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
  assert.deepEqual(await notices(), []);
});

test('while the server is down a pasted image waits without a notice, and gets its words when it answers again', async (t) => {
  const port = await freePort();
  const { page, pasteImage, untilText, setCursor, notices } = await open(t, `http://127.0.0.1:${port}`);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await page.getByText('1 image waiting for the server').waitFor();
  assert.deepEqual(await notices(), []);
  await serve(t, { port });
  await page.getByText('1 image waiting for the server').click();
  await untilText(/Square 70 wide/);
});

test('where the origin is refused the answer comes unstreamed', async (t) => {
  const fake = await serve(t);
  const { untilText, runCommand } = await open(t, fake.url, { origin: 'foreign' });
  await runCommand('notesight:caption-note');
  await untilText(CAPTIONED);
});

test('a server that is down is one notice that says what to do, in the language of the app', async (t) => {
  const server = `http://127.0.0.1:${await freePort()}`;
  const { page, runCommand, editorText, notices } = await open(t, server, { language: 'ru' });
  await runCommand('notesight:caption-note');
  await page.waitForFunction(() => obsidianHost.notices().length > 0);
  const told = await notices();
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /^Сервер Ollama .* не отвечает\. Запустите/);
  assert.equal(await editorText(), NOTE);
});

test('the command line of Obsidian captions, describes and undoes, and answers in JSON', async (t) => {
  const fake = await serve(t);
  const { editorText, runCli } = await open(t, fake.url);
  const rows = JSON.parse(await runCli('notesight:caption', { path: 'note.md' })) as {
    status: string;
  }[];
  assert.deepEqual(
    rows.map(({ status }) => status),
    ['written', 'written'],
  );
  const told = JSON.parse(await runCli('notesight:describe', { path: 'a.png' })) as { alt: string };
  assert.equal(told.alt, 'Square 80 wide');
  const wrong = JSON.parse(await runCli('notesight:describe', { path: 'no.png' })) as {
    error: { code: string };
  };
  assert.equal(wrong.error.code, 'note_missing');
  await runCli('notesight:undo', {});
  assert.equal(await editorText(), NOTE);
});

test('after it is turned off nothing of it is left', async (t) => {
  const fake = await serve(t);
  const { page, pasteImage, untilText, setCursor, offeredCommands, disablePlugin } = await open(t, fake.url);
  await disablePlugin();
  assert.deepEqual(await offeredCommands(), []);
  assert.equal(await page.locator('.ribbon button, .status-bar-item').count(), 0);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
});

test('what is typed right after a caption came is a step of undo of its own', async (t) => {
  const fake = await serve(t);
  const { page, untilText, runCommand, setCursor, editorText } = await open(t, fake.url);
  await setCursor(NOTE.indexOf('](b.png)'));
  await runCommand('notesight:caption-at-cursor');
  const text = await untilText(/Square 90/);
  await page.keyboard.type('!');
  assert.notEqual(await editorText(), text);
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), text);
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), NOTE);
});
