import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from './free-port.ts';
import { inReview } from './in-review.ts';
import { NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const RUSSIAN = { language: 'ru', data: {} };
/** Names, keys, and values that users type into fields. */
const NAMES =
  /Notesight|Ollama|OpenAI|LaTeX|\bx4\b|\btoken\b|ollama\.com|gemma3:4b|\bEnter\b|Alt\+Enter|Delete|\.gitignore|\b10m\b|\b1h30m\b|[\w-]+\.(?:png|md)|https?:\S+|Square \d+ wide/g;

function assertRussian(text: string): void {
  assert.match(text, /[а-я]/);
  assert.deepEqual(text.replace(NAMES, '').match(/[a-z]{2,}/gi) ?? [], []);
}

test('shows menus, commands and notices in Russian when the app does', async (t) => {
  const fake = await serveSquares(t);
  const { page, setCursor, runCommand, untilNotice, showFileMenu } = await plugin.open(t, fake.url, {
    ...RUSSIAN,
    data: { language: 'en' },
  });
  const names = await page.evaluate<string[]>('[...app.commands.commands.values()].map(({ name }) => name)');
  assert.equal(names.length, 18);
  names.forEach(assertRussian);
  await showFileMenu(['note.md']);
  assertRussian(await page.locator('.menu').innerText());
  await page.keyboard.press('Escape');
  await page.locator('.cm-line', { hasText: 'a.png' }).click({ button: 'right' });
  assertRussian(await page.locator('.menu').innerText());
  await page.keyboard.press('Escape');
  for (const icon of await page.locator('.side-dock-ribbon-action').all()) {
    assertRussian((await icon.getAttribute('aria-label')) ?? '');
  }
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  assert.equal(await untilNotice(/^Обновлено/), 'Обновлено: 1 изображение.');
});

test('shows the review, the settings and the paste question in Russian', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, toggleSettings, setCursor, pasteSquare } = await plugin.open(t, fake.url, {
    language: 'ru',
    data: { paste: 'ask' },
  });
  await runCommand('notesight:caption-note');
  const { dialog, ready } = inReview(page);
  await ready(2);
  assertRussian(await dialog.innerText());
  await page.keyboard.press('Escape');
  await toggleSettings();
  const settings = page.locator('.mod-settings .modal-content');
  await settings.locator('option[value="gemma3:4b"]').waitFor({ state: 'attached' });
  // Some Chromium builds have no names for rare languages and show the code instead.
  assertRussian((await settings.innerText()).replace(/^[a-z]{2}$/gm, ''));
  await toggleSettings();
  await setCursor(0);
  await pasteSquare(70);
  await page.locator('.notice').waitFor();
  assertRussian(await page.locator('.notice').innerText());
});

test('shows the welcome and an unreachable server in Russian', async (t) => {
  const server = `http://127.0.0.1:${await freePort()}`;
  const { page, setCursor, runCommand, notices, untilNotice } = await plugin.open(t, server, {
    language: 'ru',
    data: null,
  });
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('status')
    .getByText(/не отвечает/)
    .waitFor();
  assertRussian(await dialog.innerText());
  await page.keyboard.press('Escape');
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  assert.match(await untilNotice(/./), /^Сервер .* не отвечает\. Запустите/);
  assert.equal((await notices()).length, 1);
});
