import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import type { FakeOllama } from '../fakes/fake-ollama.ts';
import type { OpenOptions } from './harness.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { square } from './square.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const EMBED = /!\[\[(Pasted image \d+\.png)\]\]/;

/**
 * A window in which an image, 70 pixels wide, was pasted at the end of the note and sent to a model that has not
 * answered.
 */
async function pasted(
  t: TestContext,
  options?: OpenOptions,
): Promise<{ window: PluginWindow; fake: FakeOllama; embed: string; image: string; answer: () => void }> {
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const fake = await serveSquares(t, { hold: asked });
  t.after(answer);
  const window = await plugin.open(t, fake.url, options);
  await window.setCursor(NOTE.length);
  await window.pasteSquare(70);
  const [embed, image = ''] = EMBED.exec(await window.editorText()) ?? [];
  assert.ok(embed);
  await untilAsked(fake, 1);
  return { window, fake, embed, image, answer };
}

/** Waits until nothing is running. */
async function untilIdle({ page }: PluginWindow): Promise<void> {
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.status-bar')?.innerText === '');
}

const captioned = (embed: string) => embed.replace(']]', '|Square 70 wide]]');

test('keeps typing around the image when it is captioned, and when the alt text is undone', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.typeText(' typed after\nand below');
  await window.setCursor(0);
  await window.typeText('Typed above\n');
  answer();
  const text = await window.untilText(/Square 70 wide/);
  assert.equal(text, `Typed above\n${NOTE}${captioned(embed)} typed after\nand below`);
  await window.page.keyboard.press('Control+z');
  assert.equal(await window.editorText(), text.replace('|Square 70 wide', ''));
});

test('captions an image whose line was moved in the meantime', async (t) => {
  const { window, embed, answer } = await pasted(t);
  const { page } = window;
  await window.setSelection(NOTE.length, NOTE.length + embed.length);
  await page.keyboard.press('Control+x');
  assert.equal(await window.editorText(), NOTE);
  await window.setCursor(0);
  await page.keyboard.press('Control+v');
  assert.equal(await window.editorText(), embed + NOTE);
  answer();
  assert.equal(await window.untilText(/Square/), captioned(embed) + NOTE);
});

test('captions an image that was renamed in the meantime', async (t) => {
  const { window, image, answer } = await pasted(t);
  await window.renameFile(image, 'Red square.png');
  await window.untilText(/Red square/);
  answer();
  assert.equal(await window.untilText(/\|Square/), `${NOTE}![[Red square.png|Square 70 wide]]`);
});

test('captions an image whose note was renamed in the meantime', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.renameFile('note.md', 'Moved.md');
  answer();
  assert.equal(await window.untilText(/Square/), NOTE + captioned(embed));
  await window.waitForNote('Moved.md', NOTE + captioned(embed));
  assert.equal(await window.diskText('note.md'), null);
});

test('writes to the vault when the note was closed in the meantime', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.closeNote('note.md');
  answer();
  await window.waitForNote('note.md', NOTE + captioned(embed));
});

test('shows the alt text in both panes when the note was opened in a second one', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.openNote('note.md', 'split');
  answer();
  await window.untilText(/Square/);
  const shown = await window.page.locator('.cm-content').allInnerTexts();
  assert.equal(shown.length, 2);
  for (const text of shown) assert.ok(text.includes(captioned(embed)), text);
});

test('writes nothing and shows no error when the embed was deleted in the meantime', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.setSelection(NOTE.length, NOTE.length + embed.length);
  await window.page.keyboard.press('Delete');
  answer();
  await untilIdle(window);
  assert.equal(await window.editorText(), NOTE);
  assert.deepEqual(await window.notices(), []);
});

test('writes nothing and shows no error when the image was deleted in the meantime', async (t) => {
  const { window, embed, image, answer } = await pasted(t);
  await window.setSelection(NOTE.length, NOTE.length + embed.length);
  await window.page.keyboard.press('Delete');
  await window.deleteFile(image);
  answer();
  await untilIdle(window);
  assert.equal(await window.editorText(), NOTE);
  assert.deepEqual(await window.notices(), []);
});

test('keeps alt text that the user wrote in the meantime', async (t) => {
  const { window, embed, answer } = await pasted(t);
  await window.setCursor(NOTE.length + embed.length - 2);
  await window.typeText('|My own');
  answer();
  await untilIdle(window);
  assert.equal(await window.editorText(), NOTE + embed.replace(']]', '|My own]]'));
});

test('writes a separate alt text for each of five images pasted at once', async (t) => {
  const fake = await serveSquares(t);
  const { untilText, setCursor, pasteImages } = await plugin.open(t, fake.url);
  await setCursor(NOTE.length);
  const images = await Promise.all([41, 42, 43, 44, 45].map(square));
  await pasteImages(...images.map((bytes) => ({ name: 'image.png', type: 'image/png', bytes })));
  const text = await untilText(/(?:\|Square 4\d wide\]\][^]*){5}/);
  assert.deepEqual(
    [...text.matchAll(/Square (4\d) wide/g)].map(([, size]) => size),
    ['41', '42', '43', '44', '45'],
  );
});

test('sends each of two images pasted in a row once', async (t) => {
  const { window, fake, answer } = await pasted(t);
  await window.setCursor(0);
  await window.pasteSquare(60);
  answer();
  await window.untilText(/Square 60[^]*Square 70/);
  await untilIdle(window);
  await window.runCommand('notesight:undo-batch');
  await window.untilNotice(/^Reverted 1 image in 1 note\.$/);
  assert.equal(fake.chats.length, 2);
});

test('captions an image dropped from the desktop', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, setCursor } = await plugin.open(t, fake.url);
  const folder = mkdtempSync(join(tmpdir(), 'notesight-drop-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'dropped.png');
  writeFileSync(file, await square(60));
  await setCursor(0);
  const box = await page.locator('.cm-line', { hasText: 'Words between' }).boundingBox();
  assert.ok(box);
  const devtools = await page.context().newCDPSession(page);
  const at = { x: box.x + 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  const text = await untilText(/Square/);
  assert.equal(text, NOTE.replace('Words', '![[dropped.png|Square 60 wide]]Words'));
});

test('sends nothing when pasting is set to off, and Obsidian saves the image', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, editorText, setCursor } = await plugin.open(t, fake.url, {
    data: { paste: 'off' },
  });
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.waitForTimeout(500);
  assert.match(await editorText(), EMBED);
  assert.equal(fake.chats.length, 0);
});

test('waits for an answer when set to ask, and "not now" leaves the image alone', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, untilText, setCursor, editorText } = await plugin.open(t, fake.url, {
    data: { paste: 'ask' },
  });
  const answer = (name: string) => page.locator('.notice').getByRole('button', { name, exact: true });
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.getByText('Generate alt text for the pasted image?').waitFor();
  assert.equal(fake.chats.length, 0);
  await answer('Not now').click();
  assert.equal(await page.locator('.notice').count(), 0);
  await setCursor(0);
  await pasteSquare(60);
  await answer('Generate').click();
  const text = await untilText(/Square/);
  assert.equal(text.match(/Square/g)?.length, 1);
  assert.match(text, /^!\[\[[^|]*\|Square 60 wide\]\]# Note/);
  assert.equal(fake.chats.length, 1);
  assert.equal(await editorText(), text);
});

test('captions and stops asking when the user chooses "always"', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, untilText, setCursor, data } = await plugin.open(t, fake.url, {
    data: { paste: 'ask' },
  });
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.locator('.notice').getByRole('button', { name: 'Always' }).click();
  await untilText(/Square 70/);
  assert.equal((await data())['paste'], 'on');
  await setCursor(0);
  await pasteSquare(60);
  await untilText(/Square 60/);
  assert.equal(await page.locator('.notice').count(), 0);
});

test('asks once for several images pasted at the same time', async (t) => {
  const fake = await serveSquares(t);
  const { page, untilText, setCursor, pasteImages } = await plugin.open(t, fake.url, {
    data: { paste: 'ask' },
  });
  await setCursor(NOTE.length);
  const images = await Promise.all([41, 42, 43].map(square));
  await pasteImages(...images.map((bytes) => ({ name: 'image.png', type: 'image/png', bytes })));
  await page.getByText('Generate alt text for 3 images?').waitFor();
  assert.equal(await page.locator('.notice').count(), 1);
  await page.locator('.notice').getByRole('button', { name: 'Generate', exact: true }).click();
  await untilText(/(?:\|Square 4\d wide\]\][^]*){3}/);
});

test('treats a dismissed question as "no", and closes it with the plugin', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, setCursor, disablePlugin } = await plugin.open(t, fake.url, {
    data: { paste: 'ask' },
  });
  const notices = page.locator('.notice');
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.getByText('Generate alt text for the pasted image?').click();
  assert.equal(await notices.count(), 0);
  await setCursor(0);
  await pasteSquare(60);
  await page.getByText('Generate alt text for the pasted image?').waitFor();
  await disablePlugin();
  assert.equal(await notices.count(), 0);
  assert.equal(fake.chats.length, 0);
});

/** A plugin that saves pasted files in its own way. */
const other = (save: string) => `
  app.workspace.on('editor-paste', async (event, editor) => {
    if (event.defaultPrevented || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    const bytes = await event.clipboardData.files[0].arrayBuffer();
    ${save}
  });`;

test('captions an image that another plugin saved in its own way', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteImages, untilText, setCursor, files } = await plugin.open(t, fake.url);
  await page.evaluate(
    other(`
      await app.vault.createBinary('Own name.png', bytes);
      editor.replaceSelection('![](Own%20name.png)');`),
  );
  await setCursor(NOTE.length);
  await pasteImages({ name: 'image.png', type: 'image/png', bytes: await square(70) });
  assert.equal(await untilText(/Square/), `${NOTE}![Square 70 wide](Own%20name.png)`);
  assert.deepEqual(await files(), ['Own name.png', 'a.png', 'b.png', 'note.md']);
});

test('ignores an image that another plugin moved elsewhere', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteImages, untilText, setCursor, files, notices } = await plugin.open(t, fake.url);
  await page.evaluate(
    other(`editor.replaceSelection('![](https://example.org/' + bytes.byteLength + '.png)');`),
  );
  await setCursor(NOTE.length);
  await pasteImages({ name: 'image.png', type: 'image/png', bytes: await square(70) });
  await untilText(/example\.org/);
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
  assert.deepEqual(await files(), ['a.png', 'b.png', 'note.md']);
  assert.deepEqual(await notices(), []);
});

test('ignores images that exist when the vault opens or the plugin is enabled', async (t) => {
  const fake = await serveSquares(t);
  const { page, editorText, disablePlugin, enablePlugin } = await plugin.open(t, fake.url);
  await page.waitForTimeout(500);
  await disablePlugin();
  await enablePlugin();
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
  assert.equal(await editorText(), NOTE);
});

test('ignores a synced image, even during a paste', async (t) => {
  const { window, fake, embed, answer } = await pasted(t);
  const sync = `app.vault.createBinary('synced.png', await app.vault.readBinary(app.vault.getFileByPath('a.png')))`;
  await window.page.evaluate(`(async () => { await ${sync}; })()`);
  await window.writeOutside('synced.md', '![[synced.png]]\n');
  answer();
  await window.untilText(/Square 70/);
  await window.page.waitForTimeout(500);
  assert.equal(fake.chats.length, 1);
  assert.equal(await window.diskText('synced.md'), '![[synced.png]]\n');
  assert.equal(await window.editorText(), NOTE + captioned(embed));
});

test('ignores a pasted image that the settings exclude', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, setCursor } = await plugin.open(t, fake.url, {
    data: { leaveOut: ['note.md'] },
  });
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
});
