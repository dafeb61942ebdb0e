import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations } from '../browser/axe-violations.ts';
import { freePort } from './free-port.ts';
import { imageCommand } from './image-command.ts';
import { inReview } from './in-review.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

/** Obsidian chooses the colors of its main buttons. */
const OBSIDIAN = '.mod-cta';

/** Fails if the elements have an accessibility problem in the light or the dark theme. */
async function check({ page, setTheme }: PluginWindow, inside: string): Promise<void> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(theme);
    // Colors change gradually.
    await page.waitForTimeout(300);
    found.push(...(await axeViolations(page, inside, OBSIDIAN)).map((line) => `${theme}: ${line}`));
  }
  assert.deepEqual(found, []);
}

test('has no accessibility problems in the review, its lightbox, and its menu', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: {} });
  const { page, runCommand } = window;
  const { dialog, ready } = inReview(page);
  fake.next({ kind: 'error', status: 400, error: 'no' });
  await runCommand('notesight:caption-note');
  await ready(1);
  await dialog.locator('.notesight-error:visible').waitFor();
  await check(window, '.notesight-review');
  await dialog.getByRole('button', { name: 'Enlarge b.png' }).click();
  await check(window, '.notesight-overlay');
});

test('has no accessibility problems in the chat', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  const { page, runCommand } = window;
  await runCommand('notesight:ask-note');
  await check(window, '.notesight-chat');
  await page.getByRole('textbox', { name: 'Question' }).fill('What is it?');
  await page.keyboard.press('Enter');
  await page.locator('.notesight-turn[aria-busy=false]').waitFor();
  await check(window, '.notesight-chat');
  await imageCommand(page, 1, 'Detect objects');
  await page.locator('.notesight-overlay').waitFor();
  await check(window, '.notesight-overlay');
});

test('has no accessibility problems while an alt text is refined, and in its changes', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: {} });
  const { page, runCommand } = window;
  const { dialog, ready } = inReview(page);
  await runCommand('notesight:caption-note');
  await ready(2);
  await dialog
    .getByRole('button', { name: /^Refine/ })
    .first()
    .click();
  await check(window, '.notesight-review');
  fake.next({ kind: 'answer', text: JSON.stringify({ alt: 'Red square' }) });
  await page.getByRole('textbox', { name: /^What to change in/ }).fill('shorter');
  await page.keyboard.press('Enter');
  await ready(2);
  await dialog.getByText('2 / 2').first().waitFor();
  await check(window, '.notesight-review');
});

test('has no accessibility problems with a selection, another note, and the list of notes', async (t) => {
  const fake = await serveSquares(t);
  const files = { 'note.md': NOTE, 'Other.md': 'Text.' };
  const window = await plugin.open(t, fake.url, { files });
  const { page, runCommand } = window;
  await runCommand('notesight:ask-note');
  await window.activateNote('note.md');
  await window.setSelection(0, (await window.editorText()).length);
  await page.getByRole('checkbox', { name: /^Include selection/ }).waitFor();
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.pressSequentially('@');
  await page.getByRole('option').first().waitFor();
  await check(window, '.notesight-chat');
  await box.press('Enter');
  await page.locator('.notesight-other-notes .notesight-chip').waitFor();
  await check(window, '.notesight-chat');
});

test('has no accessibility problems in the dialogs of an alt text and a folder rule', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  const { page, runCommand } = window;
  await window.activateNote('note.md');
  await window.setCursor((await window.editorText()).indexOf('a.png'));
  await runCommand('notesight:edit-alt-text');
  await page.locator('.modal textarea').waitFor();
  await check(window, '.modal-content');
  await page.keyboard.press('Escape');
  await window.toggleSettings();
  await page.getByRole('button', { name: 'Add folder rule' }).click();
  await page.locator('.modal-content.notesight-settings').waitFor();
  await check(window, '.modal-content.notesight-settings');
});

test('has no accessibility problems in the dialogs', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  const { page, runCommand } = window;
  await runCommand('notesight:show-uncaptioned');
  await page.getByRole('button', { name: /^Generate alt text for/ }).waitFor();
  await check(window, '.modal-content');
  await page.keyboard.press('Escape');
  await runCommand('notesight:find-image');
  await page.locator('.suggestion-item').first().waitFor();
  await check(window, '.notesight-suggestion');
  await page.keyboard.press('Escape');
  await runCommand('notesight:summarize-note');
  await page.getByRole('button', { name: 'Insert at the top' }).waitFor();
  await check(window, '.notesight-summary-modal .modal-content');
});

test('has no accessibility problems at the first start', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  await window.page.getByText(/Ready\./).waitFor();
  await window.page.getByRole('button', { name: 'Generate alt text' }).click();
  await window.page.getByText(/^Alt text: /).waitFor();
  await check(window, '.modal-content');
});

test('has no accessibility problems in the rows of the settings', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, `${fake.url}, http://127.0.0.1:${await freePort()}`);
  const { page, toggleSettings } = window;
  await toggleSettings();
  const rows = page.getByRole('list').filter({ has: page.getByLabel('Address of server 1') });
  await rows.getByText(/^Connected to Ollama/).waitFor();
  await rows.getByText(/^Can't reach the server/).waitFor();
  await check(window, '.notesight-servers');
  await check(window, '.notesight-model select');
});
