import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { App } from 'obsidian';
import { inReview } from './in-review.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { bgeM3 } from '../fakes/fake-models.ts';
import { serveSquares, squares } from './serve-squares.ts';

interface Opened {
  readonly app: App;
}

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const FILES = {
  'note.md': NOTE,
  'Trips/one.md': '# Journey\n\nA lighthouse ![[a.png]]\n',
  'Trips/two.md': 'Nothing.\n',
};

const items = ({ page }: PluginWindow) => page.locator('.suggestion-item');

async function find(window: PluginWindow, words: string): Promise<void> {
  await window.runCommand('notesight:find-image');
  await window.page.keyboard.type(words);
}

test('finds an image by the text beside it and opens the note at the image on Enter', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await find(window, 'lightho');
  await items(window).first().waitFor();
  assert.match(await items(window).first().innerText(), /a\.png · Trips\/one\.md/);
  assert.equal(await items(window).locator('img').count(), 1);
  await window.page.keyboard.press('Enter');
  await window.page.waitForFunction(() => obsidianHost.editorText().startsWith('# Journey'));
  await window.typeText('X');
  assert.equal(await window.untilText(/X/), FILES['Trips/one.md'].replace('![[a.png]]', 'X'));
  assert.equal(fake.chats.length, 0);
});

test('lists the images that changed last when nothing is typed, each once', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  const touch = (file: string) =>
    window.page.evaluate(async (path) => {
      const { vault } = (globalThis as unknown as Opened).app;
      const image = vault.getFileByPath(path);
      if (image !== null) await vault.modifyBinary(image, await vault.readBinary(image));
    }, file);
  const names = async () =>
    (await items(window).allInnerTexts()).map((text) => /\S+\.png(?= ·)/.exec(text)?.[0]);
  for (const [first, second] of [
    ['a.png', 'b.png'],
    ['b.png', 'a.png'],
  ] as const) {
    await touch(second);
    await window.page.waitForTimeout(20);
    await touch(first);
    await find(window, '');
    await items(window).nth(1).waitFor();
    assert.deepEqual(await names(), [first, second]);
    await window.page.keyboard.press('Escape');
  }
});

test('finds an image by its description immediately, even if just pasted', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await find(window, 'square');
  await window.page.locator('.suggestion-empty', { hasText: 'No images found.' }).waitFor();
  await window.page.keyboard.press('Escape');
  await window.setCursor(NOTE.length);
  await window.pasteSquare(70);
  await find(window, 'pasted image');
  await items(window).first().waitFor();
  await window.page.keyboard.press('Escape');
  await window.untilText(/Square 70 wide/);
  await find(window, 'square 70');
  await items(window).first().waitFor();
  assert.match(await items(window).first().innerText(), /Square 70 wide\s+It was made by a test/);
});

test('inserts or copies a found image', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await window.setCursor(0);
  await find(window, 'lighthouse');
  await items(window).first().waitFor();
  await window.page.keyboard.press('Control+Enter');
  assert.equal(await window.untilText(/^!/), `![[a.png]]${NOTE}`);
  await find(window, 'lighthouse');
  await items(window).first().waitFor();
  await window.page.keyboard.press('Shift+Enter');
  await window.untilNotice(/^Copied/);
  assert.equal(await window.page.evaluate('navigator.clipboard.readText()'), '![[a.png]]');
});

test('finds images by meaning with an embedding model, without delaying Enter', async (t) => {
  const fake = await serveSquares(t, {
    models: [squares, { ...bgeM3, embed: (text) => [0.2, /square|quadrat/i.test(text) ? 1 : 0] }],
  });
  const window = await plugin.open(t, fake.url, { files: FILES });
  /** Excludes queries, which may be embedded more than once when typed slowly. */
  const imagesRead = () =>
    fake.seen.filter(({ path, body }) => path === '/api/embed' && body.includes('Square')).length;
  await window.runCommand('notesight:caption-note');
  await window.untilText(/Square 90/);
  await find(window, 'Quadrat');
  await items(window).nth(2).waitFor();
  assert.match(await items(window).first().innerText(), /Square \d+ wide/);
  assert.equal(imagesRead(), 1);
  await window.page.keyboard.press('Escape');

  await find(window, 'lighthouse');
  await items(window).first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.page.waitForFunction(() => obsidianHost.editorText().startsWith('# Journey'));
  assert.equal(await window.untilText(/lighthouse/), FILES['Trips/one.md']);
});

test('lists images that need alt text by folder and note, and captions them with one button', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES, data: { review: 'batches' } });
  const { page } = window;
  await window.runCommand('notesight:show-uncaptioned');
  await page.getByRole('button', { name: 'Generate alt text for 3 images' }).waitFor();
  assert.deepEqual(await page.locator('.modal h4').allInnerTexts(), ['Vault', 'Trips']);
  assert.deepEqual(await page.locator('.notesight-uncaptioned > li').allInnerTexts(), [
    'note\n2 images\nGenerate',
    'one\n1 image\nGenerate',
  ]);
  await page.keyboard.press('Enter');
  const review = inReview(page);
  await review.ready(3);
  await review.button('Accept all').click();
  await window.waitForNote('Trips/one.md', /Square 80 wide/);
  await window.runCommand('notesight:show-uncaptioned');
  await page.getByText('All images have alt text.').waitFor();
});
