import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const WITH_ALT = NOTE.replace('a.png]]', 'a.png|Old text|120]]');

/** Opens the dialog for `a.png` with a command. */
async function openDialog(window: PluginWindow, command = 'notesight:edit-alt-text') {
  await window.setCursor((await window.editorText()).indexOf('a.png'));
  await window.runCommand(command);
  const dialog = window.page.locator('.notesight-image-text');
  await dialog.waitFor();
  return { dialog, box: dialog.getByRole('textbox') };
}

const files = { 'note.md': WITH_ALT };

test('writes typed alt text next to the size on Enter, as one undo step', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1', { files });
  const { dialog, box } = await openDialog(window);
  assert.equal(await box.inputValue(), 'Old text');
  assert.equal(await dialog.locator('img').evaluate(({ complete }: HTMLImageElement) => complete), true);
  await box.fill('My [own] text');
  await box.press('Shift+Enter');
  await window.page.keyboard.type('on two lines');
  await box.press('Enter');
  const after = WITH_ALT.replace('Old text', 'My (own) text on two lines');
  assert.equal(await window.untilText(/My/), after);
  assert.equal(await dialog.count(), 0);
  await window.setCursor(0);
  await window.page.keyboard.press('Control+z');
  assert.equal(await window.editorText(), WITH_ALT);
});

test('removes the alt text when the box is emptied, and undoes it as a batch', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1', { files });
  const { dialog, box } = await openDialog(window);
  await box.fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  assert.equal(await window.untilText(/\[\[a\.png\|120\]\]/), NOTE.replace('a.png]]', 'a.png|120]]'));
  await window.runCommand('notesight:undo-batch');
  assert.equal(await window.untilText(/Old text/), WITH_ALT);
});

test('keeps typed text when the dialog is closed, also across a restart, until it is saved', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1', { files });
  const first = await openDialog(window);
  await first.box.fill('Half a thought');
  await first.box.press('Escape');
  assert.equal(await window.editorText(), WITH_ALT);
  await window.disablePlugin();
  await window.enablePlugin();
  const second = await openDialog(window);
  assert.equal(await second.box.inputValue(), 'Half a thought');
  await second.dialog.getByText('not saved yet. In the note: Old text').waitFor();
  await second.box.press('Enter');
  await window.untilText(/Half a thought/);
  const third = await openDialog(window);
  assert.equal(await third.box.inputValue(), 'Half a thought');
  assert.equal(await third.dialog.getByText('not saved yet').count(), 0);
});

test('writes to the image when text above it changed while the dialog was open', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1', { files });
  const { box } = await openDialog(window);
  await box.fill('New text');
  await window.page.evaluate(`app.workspace.activeEditor.editor.replaceRange('Above. ', { line: 0, ch: 0 })`);
  await box.press('Enter');
  assert.equal(await window.untilText(/New text/), `Above. ${WITH_ALT.replace('Old', 'New')}`);
});

test('edits from the menu of an image in the rendered note', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1', { files });
  await window.showFileMenu(['b.png'], 'link-context-menu');
  await window.page.locator('.menu-item').getByText('Edit alt text…', { exact: true }).click();
  await window.page.locator('.notesight-image-text textarea').fill('A square');
  await window.page.keyboard.press('Enter');
  assert.equal(await window.untilText(/A square/), WITH_ALT.replace('![]', '![A square]'));
  await window.showFileMenu(['b.png']);
  await window.page.locator('.menu-item').first().waitFor();
  assert.equal(await window.page.locator('.menu-item').getByText('Edit alt text…').count(), 0);
});

test('has the model refine the alt text with feedback, and undoes it from the notice', async (t) => {
  const fake = await serveSquares(t);
  fake.next({ kind: 'answer', text: '{"alt":"Short"}' });
  const window = await plugin.open(t, fake.url, { files });
  const { dialog, box } = await openDialog(window, 'notesight:refine-alt-text');
  await dialog.getByText('Old text').waitFor();
  await box.fill('shorter');
  await box.press('Enter');
  assert.equal(await window.untilText(/Short/), WITH_ALT.replace('Old text', 'Short'));
  assert.match(JSON.stringify(fake.chats[0]), /shorter/);
  const notice = window.page.locator('.notice', { hasText: 'Alt text refined.' });
  await notice.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await window.untilText(/Old text/), WITH_ALT);
});

test('keeps the feedback when a refinement is stopped', async (t) => {
  const fake = await serveSquares(t);
  fake.next({ kind: 'hang' });
  const window = await plugin.open(t, fake.url, { files });
  const { box } = await openDialog(window, 'notesight:refine-alt-text');
  await box.fill('name the color');
  await box.press('Enter');
  await untilAsked(fake, 1);
  const notice = window.page.locator('.notice', { hasText: 'Refining alt text…' });
  await notice.getByRole('button', { name: 'Stop' }).click();
  await notice.waitFor({ state: 'detached' });
  assert.equal(await window.editorText(), WITH_ALT);
  const again = await openDialog(window, 'notesight:refine-alt-text');
  assert.equal(await again.box.inputValue(), 'name the color');
});

test('says that there is no alt text to refine', async (t) => {
  const window = await plugin.open(t, 'http://127.0.0.1:1');
  await window.setCursor(NOTE.indexOf('a.png'));
  await window.runCommand('notesight:refine-alt-text');
  await window.untilNotice(/^This image has no alt text to refine\.$/);
});
