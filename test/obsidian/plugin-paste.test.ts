import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTE, open, serve, square, freePort } from './open-plugin.ts';

const image = async (size: number) => ({ name: 'image.png', type: 'image/png', bytes: await square(size) });

test('a dropped image gets its words where it fell', async (t) => {
  const fake = await serve(t);
  const { dropImages, untilText } = await open(t, fake.url);
  await dropImages(NOTE.indexOf('Words'), await image(70));
  assert.match(await untilText(/Square 70 wide/), /!\[\[[^\]|]+\|Square 70 wide\]\]\s*Words between\./);
});

test('the words go to where the line was moved while the model thought', async (t) => {
  const fake = await serve(t, { delay: 900 });
  const { page, pasteImage, untilText, setCursor, editorText } = await open(t, fake.url);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Control+x');
  assert.doesNotMatch(await editorText(), /Pasted/);
  await setCursor(0);
  await page.keyboard.press('Control+v');
  assert.match(await untilText(/Square 70 wide/), /^!\[\[Pasted image \d+\.png\|Square 70 wide\]\]# Note/);
});

test('where the embed is deleted while the model thinks, nothing is written and nothing is said', async (t) => {
  const fake = await serve(t, { delay: 700 });
  const { page, pasteImage, untilText, setCursor, editorText, notices } = await open(t, fake.url);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await page.locator('.notesight-status').waitFor({ state: 'visible' });
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Delete');
  await page.locator('.notesight-status').waitFor({ state: 'hidden' });
  assert.equal(await editorText(), NOTE);
  assert.deepEqual(
    (await notices()).filter((text) => /Square|Captions/.test(text)),
    [],
  );
});

test('the image or the note may get another name while the model thinks', async (t) => {
  const fake = await serve(t, { delay: 900 });
  const { page, pasteImage, untilText, setCursor, files, renameFile, waitForNote } = await open(t, fake.url);
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await untilText(/Pasted image/);
  await page.locator('.notesight-status').waitFor({ state: 'visible' });
  await waitForNote('note.md', 'Pasted');
  const pasted = (await files()).find((path) => path.startsWith('Pasted')) ?? '';
  await renameFile(pasted, 'cat.png');
  await renameFile('note.md', 'moved.md');
  await waitForNote('moved.md', '![[cat.png|Square 70 wide]]');
});

test('with paste set to ask, nothing is asked of the model before the answer', async (t) => {
  const fake = await serve(t);
  const { page, pasteImage, untilText, setCursor, diskText } = await open(t, fake.url, {
    data: { paste: 'ask', review: 'never' },
  });
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await page.getByRole('button', { name: 'Not now' }).click();
  await setCursor(0);
  await pasteImage(await square(71));
  await page.getByRole('button', { name: 'Caption', exact: true }).click();
  const text = await untilText(/Square 71 wide/);
  assert.doesNotMatch(text, /Square 70/);
  assert.equal(fake.chats.length, 1);
  await setCursor(0);
  await pasteImage(await square(72));
  await page.getByRole('button', { name: 'Always caption' }).click();
  await untilText(/Square 72 wide/);
  await page.waitForFunction(() =>
    obsidianHost.diskText('.obsidian/plugins/notesight/data.json')?.includes('"paste": "on"'),
  );
  assert.match((await diskText('.obsidian/plugins/notesight/data.json')) ?? '', /"paste": "on"/);
  await setCursor(0);
  await pasteImage(await square(73));
  await untilText(/Square 73 wide/);
});

test('several images pasted at once are one question', async (t) => {
  const fake = await serve(t);
  const { page, pasteImages, untilText, setCursor } = await open(t, fake.url, { data: { paste: 'ask' } });
  await setCursor(NOTE.length);
  await pasteImages(await image(70), await image(71), await image(72));
  await page.getByText('Caption the 3 images?').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Not now' }).count(), 1);
  await page.getByRole('button', { name: 'Caption', exact: true }).click();
  await untilText(/Square 70 wide[^]*Square 71 wide[^]*Square 72 wide/);
});

test('what another plugin makes of a paste is its own', async (t) => {
  const fake = await serve(t);
  const { page, pasteImage, setCursor, editorText } = await open(t, fake.url);
  await page.evaluate(() => {
    const { app } = globalThis as unknown as {
      app: {
        workspace: {
          on(
            name: string,
            run: (event: Event, editor: { replaceSelection(text: string): void }) => void,
          ): void;
        };
      };
    };
    app.workspace.on('editor-paste', (event, editor) => {
      event.preventDefault();
      editor.replaceSelection('![](https://images.example.org/1.png)');
    });
  });
  await setCursor(NOTE.length);
  await pasteImage(await square(70));
  await page.waitForTimeout(800);
  assert.equal(await editorText(), `${NOTE}![](https://images.example.org/1.png)`);
  assert.equal(fake.chats.length, 0);
});

test('the images that a vault has at its start are no paste', async (t) => {
  const fake = await serve(t);
  const { page, editorText } = await open(t, fake.url);
  await page.waitForTimeout(600);
  assert.equal(fake.chats.length, 0);
  assert.equal(await editorText(), NOTE);
});

test('what waits for the server is remembered when the plugin starts again', async (t) => {
  const port = await freePort();
  const { page, pasteImages, untilText, setCursor, disablePlugin, enablePlugin, notices } = await open(
    t,
    `http://127.0.0.1:${port}`,
  );
  await setCursor(NOTE.length);
  await pasteImages(await image(70), await image(71));
  await page.getByText('2 images waiting for the server').waitFor();
  await disablePlugin();
  await enablePlugin();
  await page.getByText('2 images waiting for the server').waitFor();
  assert.deepEqual(await notices(), []);
  await serve(t, { port });
  await page.locator('.notesight-status').focus();
  await page.keyboard.press('Enter');
  await untilText(/Square 70 wide[^]*Square 71 wide/);
  await page.locator('.notesight-status').waitFor({ state: 'hidden' });
});

test('images of two pastes that follow each other are asked about once each', async (t) => {
  const fake = await serve(t);
  const { page, pasteImages, setCursor } = await open(t, fake.url, { data: { paste: 'ask' } });
  await setCursor(NOTE.length);
  const [first, second] = [
    [await image(70), await image(71)],
    [await image(72), await image(73)],
  ];
  await pasteImages(...first);
  await pasteImages(...second);
  await page.getByText('Caption the 4 images?').waitFor();
  await page.waitForTimeout(400);
  assert.equal(await page.getByText('Caption the 4 images?').count(), 1);
});
