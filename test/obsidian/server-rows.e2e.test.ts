import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { textOnly } from '../fakes/fake-models.ts';
import { startFakeOpenAi } from '../fakes/fake-openai.ts';
import { freePort } from './free-port.ts';
import { startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { settingRow } from './setting-row.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const { fields, servers: words } = en.settings;

/** The setting with all servers. */
const servers = (page: Page) => settingRow(page, words.name);
/** The server in this position, from 1. */
const server = (page: Page, position: number) =>
  servers(page)
    .getByRole('listitem')
    .nth(position - 1);
const addressOf = (row: Locator) => row.getByRole('textbox');
const button = (row: Locator, name: string) => row.getByRole('button', { name });

const saved = ({ page }: PluginWindow) => page.evaluate(`app.loadLocalStorage('notesight-server')`);

async function addresses(page: Page): Promise<string[]> {
  return servers(page)
    .getByRole('textbox')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
}

async function modelNames(page: Page): Promise<string[]> {
  const options = settingRow(page, fields.model.name).getByRole('option');
  return (await options.allInnerTexts()).map((text) => text.split(/[:\s]/)[0] ?? '');
}

const until = (row: Locator, pattern: RegExp) => row.getByRole('status').getByText(pattern).waitFor();

test('replaces the models when the address changes', async (t) => {
  const old = await serveSquares(t, { models: [{ ...squares, name: 'old:1b' }] });
  const other = await serveSquares(t, { models: [{ ...squares, name: 'new:1b' }] });
  const window = await plugin.open(t, old.url);
  const { page, toggleSettings } = window;
  await toggleSettings();
  const option = (name: string) =>
    settingRow(page, fields.model.name).locator(`option[value="${name}"]`).waitFor({ state: 'attached' });
  await option('old:1b');
  await addressOf(server(page, 1)).fill(other.url);
  await addressOf(server(page, 1)).press('Enter');
  await option('new:1b');
  assert.deepEqual(await modelNames(page), ['Automatic', 'new']);
  assert.equal(await saved(window), other.url);
});

test('tests the address that is typed', async (t) => {
  const port = await freePort();
  const fake = await serveSquares(t);
  const { page, toggleSettings } = await plugin.open(t, `http://127.0.0.1:${port}`);
  await toggleSettings();
  const row = server(page, 1);
  await until(row, /^Can't reach the server/);
  await addressOf(row).fill(fake.url);
  await button(row, 'Test').click();
  await until(row, /^Connected to Ollama at .*\. 1 model supports images\.$/);
});

test('tests a server again', async (t) => {
  const port = await freePort();
  const { page, toggleSettings } = await plugin.open(t, `http://127.0.0.1:${port}`);
  await toggleSettings();
  const row = server(page, 1);
  await until(row, /^Can't reach the server/);
  await serveSquares(t, { port });
  await button(row, 'Test').click();
  await until(row, /^Connected to Ollama/);
});

test('warns when the chosen model is text-only', async (t) => {
  const fake = await serveSquares(t, { models: [squares, textOnly] });
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  await toggleSettings();
  const row = server(page, 1);
  await until(row, /1 model supports images\.$/);
  const model = settingRow(page, fields.model.name);
  await model.getByRole('combobox').selectOption(textOnly.name);
  const warning = /llama3\.2:3b is text-only .* Choose a model marked “Supports images”/;
  await until(model, warning);
  await until(row, warning);
  await model.getByRole('combobox').selectOption('');
  await until(row, /1 model supports images\.$/);
  assert.equal(await model.getByRole('status').innerText(), '');
});

test('keeps a half-typed address without saving it', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url);
  const { page, toggleSettings, disablePlugin, enablePlugin } = window;
  await toggleSettings();
  await addressOf(server(page, 1)).fill('http://my server');
  assert.equal(await saved(window), fake.url, 'before the address is complete');
  await addressOf(server(page, 1)).blur();
  await until(server(page, 1), /^Enter an address such as .* the previous servers are used\.$/);
  assert.equal(await addressOf(server(page, 1)).getAttribute('aria-invalid'), 'true');
  assert.equal(await saved(window), fake.url);
  await toggleSettings();
  await disablePlugin();
  await enablePlugin();
  await toggleSettings();
  assert.deepEqual(await addresses(page), ['http://my server']);
});

test('saves an address when the settings are closed while it is typed', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, '');
  await window.toggleSettings();
  await addressOf(server(window.page, 1)).fill(fake.url);
  await window.toggleSettings();
  assert.equal(await saved(window), fake.url);
});

test('adds a server to the default one, and lists the models of both', async (t) => {
  const openAi = await startFakeOpenAi({ models: [{ name: 'square-vl' }] });
  t.after(() => openAi.close());
  const fake = await serveSquares(t);
  const window = await plugin.open(t, '');
  const { page, toggleSettings } = window;
  await toggleSettings();
  await servers(page).getByRole('button', { name: 'Add server' }).click();
  assert.deepEqual(await addresses(page), ['http://127.0.0.1:11434', '']);
  await page.keyboard.type(openAi.url);
  await addressOf(server(page, 1)).fill(`${fake.url} x2`);
  await addressOf(server(page, 1)).press('Enter');
  await until(server(page, 1), /^Connected to Ollama at .* 1 model supports images\.$/);
  await until(server(page, 2), /^Connected to an OpenAI-compatible server/);
  assert.deepEqual(await modelNames(page), ['Automatic', 'gemma3', 'square-vl']);
  assert.equal(await server(page, 1).getByLabel('Concurrent images').inputValue(), '2');
  await server(page, 2).getByLabel('Send token and headers').check();
  assert.equal(await saved(window), `${fake.url} x2, ${openAi.url} token`);
});

test('splits a pasted list into rows', async (t) => {
  const [one, two] = [await serveSquares(t), await serveSquares(t)];
  const window = await plugin.open(t, '');
  const { page, toggleSettings } = window;
  await toggleSettings();
  await addressOf(server(page, 1)).fill(`"${one.url} x4", ${two.url} token`);
  await addressOf(server(page, 1)).press('Enter');
  assert.deepEqual(await addresses(page), [one.url, two.url]);
  assert.equal(await saved(window), `${one.url} x4, ${two.url} token`);
});

test('moves and removes servers by keyboard without losing the focus', async (t) => {
  const [one, two, three] = [await serveSquares(t), await serveSquares(t), await serveSquares(t)];
  const window = await plugin.open(t, `${one.url} x2, ${two.url} token, ${three.url}`);
  const { page, toggleSettings } = window;
  await toggleSettings();
  await button(server(page, 3), 'Move up').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal(await saved(window), `${three.url}, ${one.url} x2, ${two.url} token`);
  await page.keyboard.press('Enter');
  assert.equal(await saved(window), `${one.url} x2, ${three.url}, ${two.url} token`, 'moves down at the top');
  await button(server(page, 2), 'Remove server').focus();
  await page.keyboard.press('Enter');
  assert.equal(await saved(window), `${one.url} x2, ${two.url} token`);
  assert.equal(await page.evaluate('document.activeElement.value'), two.url);
});

test('sends the token only to the servers that take it', async (t) => {
  const [one, two] = [await serveSquares(t), await serveSquares(t)];
  const { page, toggleSettings } = await plugin.open(t, one.url, { data: { tokenSecret: 'key' } });
  await page.evaluate(`app.secretStorage.setSecret('key', 'very secret')`);
  await toggleSettings();
  await until(server(page, 1), /^Connected/);
  await servers(page).getByRole('button', { name: 'Add server' }).click();
  await page.keyboard.type(two.url);
  await page.keyboard.press('Enter');
  await until(server(page, 2), /^Connected/);
  const tokens = (fake: typeof one) => new Set(fake.seen.map(({ headers }) => headers.authorization));
  assert.deepEqual(tokens(one), new Set(['Bearer very secret']));
  assert.deepEqual(tokens(two), new Set([undefined]));
  assert.doesNotMatch(await page.locator('.mod-settings').innerHTML(), /very secret/);
  await server(page, 2).getByLabel('Send token and headers').check();
  await until(server(page, 2), /^Connected/);
  assert.equal(two.seen.at(-1)?.headers.authorization, 'Bearer very secret');
});

for (const width of [420, 1100]) {
  test(`leaves room for the description of the model in a window ${width} pixels wide`, async (t) => {
    const fake = await serveSquares(t, {
      models: [{ ...squares, name: 'a-model-with-a-long-name-that-fills-the-row:235b-instruct-q4_K_M' }],
    });
    const { page, toggleSettings } = await plugin.open(t, fake.url);
    await page.setViewportSize({ width, height: 900 });
    await toggleSettings();
    await until(server(page, 1), /^Connected/);
    const row = settingRow(page, fields.model.name);
    const boxOf = async (part: Locator) => {
      const box = await part.boundingBox();
      assert.ok(box !== null);
      return box;
    };
    const all = await boxOf(row);
    const info = await boxOf(row.locator('.setting-item-info'));
    const select = await boxOf(row.getByRole('combobox'));
    assert.ok(info.width >= 200, `${info.width} pixels`);
    assert.ok(select.x >= all.x && select.x + select.width <= all.x + all.width, 'the list fits');
  });
}
