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

const FOLDERS = {
  'note.md': NOTE,
  'Trips/one.md': '![[a.png]]\n',
  'Trips/North/two.md': '![[b.png]]\n',
};

test('captions the images of a note in the open editor as one undo step', async (t) => {
  const fake = await serveSquares(t);
  const { untilText, page, runCommand, editorText, setCursor } = await plugin.open(t, fake.url);
  assert.equal(await runCommand('notesight:caption-note'), true);
  assert.equal(await untilText(/Square 90/), CAPTIONED);
  await setCursor(0);
  await page.keyboard.press('Control+z');
  assert.equal(await editorText(), NOTE);
});

test('captions only the image at the cursor, and hides the command elsewhere', async (t) => {
  const fake = await serveSquares(t);
  const { untilText, untilNotice, runCommand, setCursor } = await plugin.open(t, fake.url, { data: {} });
  await setCursor(0);
  assert.equal(await runCommand('notesight:caption-at-cursor'), false);
  await setCursor(NOTE.indexOf('b.png'));
  assert.equal(await runCommand('notesight:caption-at-cursor'), true);
  const text = await untilText(/Square/);
  assert.equal(text, NOTE.replace('![](b.png)', '![Square 90 wide](b.png)'));
  assert.equal(await untilNotice(/^Updated/), 'Updated 1 image.');
});

test('captions only the folder of the note and its subfolders', async (t) => {
  const fake = await serveSquares(t);
  const { runCommand, untilNotice, diskText } = await plugin.open(t, fake.url, {
    files: FOLDERS,
    note: 'Trips/one.md',
  });
  await runCommand('notesight:caption-folder');
  assert.equal(await untilNotice(/^Updated/), 'Updated 2 images.');
  assert.equal(await diskText('Trips/North/two.md'), '![[b.png|Square 90 wide]]\n');
  assert.equal(await diskText('note.md'), NOTE);
});

test('captions the whole vault and undoes the batch in open and closed notes', async (t) => {
  const fake = await serveSquares(t);
  const { runCommand, untilNotice, diskText, editorText } = await plugin.open(t, fake.url, {
    files: FOLDERS,
  });
  await runCommand('notesight:caption-vault');
  assert.equal(await untilNotice(/^Updated/), 'Updated 4 images.');
  assert.equal(await editorText(), CAPTIONED);
  assert.equal(await diskText('Trips/one.md'), '![[a.png|Square 80 wide]]\n');
  await runCommand('notesight:undo-batch');
  assert.equal(await untilNotice(/^Reverted/), 'Reverted 4 images in 3 notes.');
  assert.equal(await editorText(), NOTE);
  assert.equal(await diskText('Trips/one.md'), FOLDERS['Trips/one.md']);
  assert.equal(await diskText('Trips/North/two.md'), FOLDERS['Trips/North/two.md']);
  await runCommand('notesight:undo-batch');
  await untilNotice(/^Nothing to undo\.$/);
});

test("keeps the user's later changes when undoing a batch", async (t) => {
  const fake = await serveSquares(t);
  const { runCommand, untilText, untilNotice, setCursor, typeText, editorText } = await plugin.open(
    t,
    fake.url,
  );
  await runCommand('notesight:caption-note');
  const text = await untilText(/Square 90/);
  await setCursor(text.indexOf(' 80 wide'));
  await typeText(' red');
  await runCommand('notesight:undo-batch');
  await untilNotice(/^Reverted 1 image in 1 note\. Skipped 1 edit: the text has changed since\.$/);
  assert.equal(await editorText(), NOTE.replace('[[a.png]]', '[[a.png|Square red 80 wide]]'));
});

test('reports that no image needs alt text, without sending a request', async (t) => {
  const fake = await serveSquares(t);
  const { runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, {
    files: { 'note.md': CAPTIONED },
  });
  await runCommand('notesight:caption-note');
  await untilNotice(/^Nothing to do/);
  assert.equal(fake.chats.length, 0);
  assert.equal(await editorText(), CAPTIONED);
});

test("shows the user's alt text when regenerating, and replaces it only on accept", async (t) => {
  const fake = await serveSquares(t);
  const own = '![[a.png|My own words]]\n';
  const { page, runCommand, untilText, setCursor, editorText } = await plugin.open(t, fake.url, {
    files: { 'note.md': own },
  });
  const review = inReview(page);
  await setCursor(3);
  await runCommand('notesight:describe-again');
  await review.ready(1);
  await review.dialog.getByText('Current alt text: My own words').waitFor();
  assert.equal(await editorText(), own);
  await review.button(/^Skip a\.png/).click();
  await page.keyboard.press('Escape');
  assert.equal(await editorText(), own);

  await runCommand('notesight:describe-again');
  await review.ready(1);
  await review.button(/^Accept a\.png/).click();
  assert.equal(await untilText(/Square/), '![[a.png|Square 80 wide]]\n');
  assert.equal(fake.chats.length, 2);
});

test('copies an existing description', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText, untilNotice, setCursor } = await plugin.open(t, fake.url);
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  await page.evaluate(`navigator.clipboard.writeText('before')`);
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:copy-description');
  await untilNotice(/^This image has no description yet\.$/);
  assert.equal(await clipboard(), 'before');
  await runCommand('notesight:caption-at-cursor');
  await untilText(/Square/);
  await runCommand('notesight:copy-description');
  await untilNotice(/^Copied the description\.$/);
  assert.equal(await clipboard(), 'It was made by a test.');
});

test('sets no hotkeys, and names the plugin in every command', async (t) => {
  const fake = await serveSquares(t);
  const { page } = await plugin.open(t, fake.url);
  const commands = await page.evaluate<{ id: string; name: string; hotkeys?: unknown }[]>(
    '[...app.commands.commands.values()].map(({ id, name, hotkeys }) => ({ id, name, hotkeys }))',
  );
  assert.equal(commands.length, 18);
  for (const { id, name, hotkeys } of commands) {
    assert.equal(hotkeys, undefined, id);
    assert.match(name, /^Notesight: [A-Z]/, id);
  }
});

test('removes everything when disabled', async (t) => {
  const fake = await serveSquares(t);
  const { page, pasteSquare, setCursor, offeredCommands, disablePlugin, showFileMenu } = await plugin.open(
    t,
    fake.url,
  );
  const controls = page.locator('.side-dock-ribbon-action, .status-bar-item, .menu');
  assert.equal(await controls.count(), 3);
  await disablePlugin();
  assert.deepEqual(await offeredCommands(), []);
  await showFileMenu(['note.md']);
  assert.equal(await controls.count(), 0);
  await setCursor(NOTE.length);
  await pasteSquare(70);
  await page.waitForTimeout(500);
  assert.equal(fake.chats.length, 0);
});
