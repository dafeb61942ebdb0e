import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inReview } from './in-review.ts';
import { CAPTIONED, NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const FILES = {
  'note.md': NOTE,
  'Trips/one.md': 'Only this: ![[a.png]]\n',
  'Trips/North/two.md': '![[b.png]] ![[a.png]]\n',
};

const items = ({ page }: PluginWindow) => page.locator('.menu-item');

async function choose(window: PluginWindow, title: string): Promise<void> {
  await items(window).getByText(title, { exact: true }).click();
}

/**
 * Right-clicks after the images of the note are drawn, because lines move until then. Waits for the menu, because a
 * click is reported as done before it opens.
 */
async function openMenu({ page }: PluginWindow, text: string): Promise<void> {
  await page.waitForFunction(
    'document.images.length === 2 && [...document.images].every(({ complete }) => complete)',
  );
  const opened = page.evaluate(`new Promise((resolve) => {
    addEventListener('contextmenu', () => setTimeout(resolve), { once: true, capture: true });
  })`);
  await page.locator('.cm-line', { hasText: text }).click({ button: 'right', position: { x: 30, y: 8 } });
  await opened;
}

test('offers to caption, regenerate and copy in the menu of an image', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  await window.setCursor(NOTE.indexOf('a.png'));
  await openMenu(window, 'b.png');
  assert.deepEqual(await items(window).allInnerTexts(), [
    'Generate alt text',
    'Regenerate alt text',
    'Edit alt text…',
    'Copy description',
    'Ask about this image',
    'Decorative, needs no alt text',
    'Never describe this image',
  ]);
  await choose(window, 'Generate alt text');
  assert.equal(await window.untilText(/Square/), NOTE.replace('![]', '![Square 90 wide]'));

  await openMenu(window, 'b.png');
  await choose(window, 'Copy description');
  await window.untilNotice(/^Copied/);
  assert.equal(await window.page.evaluate('navigator.clipboard.readText()'), 'It was made by a test.');

  await openMenu(window, 'b.png');
  await choose(window, 'Regenerate alt text');
  const review = inReview(window.page);
  await review.ready(1);
  assert.equal(fake.chats.length, 2);
  await review.boxes.fill('Other words');
  await window.page.keyboard.press('Enter');
  assert.equal(await window.untilText(/Other/), NOTE.replace('![]', '![Other words]'));
});

test('adds nothing to the editor menu away from images', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  await openMenu(window, 'Words between');
  assert.equal(await items(window).count(), 0);
});

test('captions only this image file in all notes that embed it', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await window.page.locator('[data-path="a.png"]').click({ button: 'right' });
  await choose(window, 'Generate alt text');
  await window.untilNotice(/^Updated 3 images\.$/);
  assert.equal(await window.editorText(), NOTE.replace('[[a.png]]', '[[a.png|Square 80 wide]]'));
  assert.equal(await window.diskText('Trips/one.md'), 'Only this: ![[a.png|Square 80 wide]]\n');
  assert.equal(await window.diskText('Trips/North/two.md'), '![[b.png]] ![[a.png|Square 80 wide]]\n');
  assert.equal(fake.chats.length, 1);
});

test('captions only this closed note from its menu', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await window.page.locator('[data-path="Trips/one.md"]').click({ button: 'right' });
  await choose(window, 'Generate alt text for the images in this note');
  await window.waitForNote('Trips/one.md', 'Only this: ![[a.png|Square 80 wide]]\n');
  assert.equal(await window.diskText('Trips/North/two.md'), FILES['Trips/North/two.md']);
  assert.equal(await window.editorText(), NOTE);
});

test('captions only this folder and its subfolders', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await window.showFileMenu(['Trips']);
  await choose(window, 'Generate alt text for the images in this folder');
  await window.untilNotice(/^Updated 3 images/);
  assert.match((await window.diskText('Trips/one.md')) ?? '', /Square 80/);
  assert.match((await window.diskText('Trips/North/two.md')) ?? '', /Square 90.*Square 80/);
  assert.equal(await window.editorText(), NOTE);
});

test('captions several files as one batch with one notice and one undo', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: FILES });
  await window.showFileMenu(['Trips/one.md', 'a.png', 'b.png']);
  await choose(window, 'Generate alt text for the images in these files');
  await window.untilNotice(/^Updated 5 images/);
  assert.equal(await window.editorText(), CAPTIONED);
  assert.equal((await window.notices()).length, 1);
  await window.runCommand('notesight:undo-batch');
  await window.untilNotice(/^Reverted 5 images in 3 notes/);
  for (const [path, text] of Object.entries(FILES)) await window.waitForNote(path, text);
});

test('leaves an image out of batches from its menu, and includes it again', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  await window.showFileMenu(['b.png']);
  await choose(window, 'Decorative, needs no alt text');
  await window.runCommand('notesight:caption-note');
  const text = await window.untilText(/Square 80/);
  assert.match(text, /!\[\]\(b\.png\)/);
  await window.showFileMenu(['b.png']);
  await window.page.locator('.menu-item:has(.lucide-check)', { hasText: 'Decorative' }).waitFor();
  await choose(window, 'Decorative, needs no alt text');
  await window.runCommand('notesight:caption-note');
  await window.untilText(/!\[Square 90 wide\]\(b\.png\)/);
});

test('reviews several image files together', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: {} });
  await window.showFileMenu(['a.png', 'b.png']);
  await choose(window, 'Generate alt text for the images in these files');
  const review = inReview(window.page);
  await review.ready(2);
  assert.equal(await review.dialog.count(), 1);
  assert.equal(await window.editorText(), NOTE);
});

test('adds nothing to the menu of other files', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { files: { ...FILES, 'board.canvas': '{}' } });
  await window.showFileMenu(['board.canvas']);
  assert.equal(await items(window).count(), 0);
});

test('captions the note from the ribbon, and reports when there is none', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  const icon = window.page.locator(
    '.side-dock-ribbon-action[aria-label="Generate alt text for the images in this note"]',
  );
  await icon.click();
  assert.equal(await window.untilText(/Square 90/), CAPTIONED);
  await window.closeNote('note.md');
  await window.deleteFile('note.md');
  await icon.click();
  await window.untilNotice(/^No images found\.$/);
});
