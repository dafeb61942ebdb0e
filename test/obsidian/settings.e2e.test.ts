import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { gemma3, textOnly } from '../fakes/fake-models.ts';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const DATA = '.obsidian/plugins/notesight/data.json';

/** A row of the settings, by its name. */
function row(page: Page, name: string) {
  return page.locator('.modal .setting-item').filter({ has: page.getByText(name, { exact: true }) });
}

/** Sets a secret of the app, as the user does in a window of Obsidian's own. */
function setSecret(page: Page, id: string, secret: string): Promise<void> {
  return page.evaluate(
    ([name, value]) => {
      const { app } = globalThis as unknown as {
        app: { secretStorage: { setSecret(id: string, secret: string): void } };
      };
      app.secretStorage.setSecret(name, value);
    },
    [id, secret] as const,
  );
}

test('the models of the server are listed, with a mark on those that see, and one is chosen', async (t) => {
  const fake = await serveSquares(t, { models: [gemma3, textOnly] });
  const { page, toggleSettings, diskText } = await plugin.open(t, fake.url);
  await toggleSettings();
  const select = row(page, 'Model').getByRole('combobox');
  await page.waitForFunction(() => document.querySelectorAll('.modal option').length > 3);
  const options = await select.locator('option').allInnerTexts();
  assert.equal(options[0], 'The best there is: gemma3:4b');
  assert.match(options.find((text) => text.startsWith('gemma3:4b')) ?? '', /Sees images/);
  assert.match(options.find((text) => text.startsWith(textOnly.name)) ?? '', /Text only/);
  await select.selectOption('gemma3:4b');
  await page.waitForFunction((path) => obsidianHost.diskText(path)?.includes('"model": "gemma3:4b"'), DATA);
  assert.doesNotMatch((await diskText(DATA)) ?? '', /127\.0\.0\.1/);
});

test('the test of the server says that all is well, or what is wrong and what to do', async (t) => {
  const fake = await serveSquares(t, { models: [textOnly] });
  const down = `127.0.0.1:${await freePort()}`;
  const { page, toggleSettings, diskText } = await plugin.open(t, fake.url);
  await toggleSettings();
  const server = row(page, 'Server address');
  const button = server.getByRole('button', { name: 'Test' });
  await button.click();
  await server.getByText(/No model .* can see images\. Get one with the pull button/).waitFor();
  await server.getByRole('textbox').fill(down);
  await button.click();
  await server.getByText(/does not answer .*\. Start Ollama/).waitFor();
  await server.getByRole('textbox').fill('not an address');
  await server.getByText('The address must look like').waitFor();
  const good = await serveSquares(t);
  await server.getByRole('textbox').fill(good.url);
  await button.click();
  await server.getByText(/1 model can see\.$/).waitFor();
  assert.doesNotMatch((await diskText(DATA)) ?? '', new RegExp(String(good.port)));
});

test('a model is pulled with progress, and stopped', async (t) => {
  const fake = await serveSquares(t, {
    models: [],
    tokenDelay: 30,
    library: [{ model: gemma3, layers: [3_000_000, 1_000_000] }],
  });
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  await toggleSettings();
  const pull = row(page, 'Get a model');
  await pull.getByRole('button', { name: 'Pull' }).click();
  await pull.getByText('gemma3:4b is there.').waitFor();
  assert.ok(fake.seen.some(({ path }) => path === '/api/pull'));
  await pull.getByRole('textbox').fill('no-such-model');
  await pull.getByRole('button', { name: 'Pull' }).click();
  await pull.getByText(/could not be downloaded/).waitFor();
});

test('what is set is saved, and what cannot be is refused with the reason', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, diskText } = await plugin.open(t, fake.url);
  await toggleSettings();
  await row(page, 'Style').getByRole('combobox').selectOption('below');
  await row(page, 'Language').getByRole('combobox').selectOption('de');
  await row(page, 'Leave out').getByRole('textbox').fill('Private/\n*.excalidraw.md');
  await row(page, 'Images on the web').getByRole('switch').click();
  await row(page, 'Keep the model in memory').getByRole('textbox').fill('soon');
  await row(page, 'Keep the model in memory').getByText('Write a time like 10m').waitFor();
  await page.waitForFunction((path) => obsidianHost.diskText(path)?.includes('"remoteImages": true'), DATA);
  const saved = JSON.parse((await diskText(DATA)) ?? '') as Record<string, unknown>;
  assert.deepEqual(
    [saved['style'], saved['language'], saved['leaveOut'], saved['keepAlive']],
    ['below', 'de', ['Private/', '*.excalidraw.md'], '10m'],
  );
});

test('token and headers go to the server from the secret storage, and never into the settings', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, runCommand, untilText, diskText } = await plugin.open(t, fake.url, {
    data: { review: 'never', headers: [{ name: 'X-Other-Device', secret: 'not-here' }] },
  });
  await setSecret(page, 'my-token', 'sesame');
  await setSecret(page, 'my-key', 'open up');
  await toggleSettings();
  await row(page, 'Token').getByRole('combobox').selectOption('my-token');
  const headers = row(page, 'Headers');
  await headers.getByLabel('Name').fill('Host');
  await headers.getByRole('combobox').selectOption('my-key');
  await headers.getByRole('button', { name: 'Add a header' }).click();
  await headers.getByText('This header is set by the app itself.').waitFor();
  await headers.getByLabel('Name').fill('X-Key');
  await headers.getByRole('button', { name: 'Add a header' }).click();
  await headers.getByText('X-Key: my-key').waitFor();
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
  const chat = fake.seen.findLast(({ path }) => path === '/api/chat');
  assert.equal(chat?.headers.authorization, 'Bearer sesame');
  assert.equal(chat.headers['x-key'], 'open up');
  assert.ok(!('x-other-device' in chat.headers));
  assert.doesNotMatch((await diskText(DATA)) ?? '', /sesame|open up/);
});

test('folders that are left out are left alone', async (t) => {
  const fake = await serveSquares(t);
  const note = '![[a.png]]\n';
  const { runCommand, waitForNote, diskText } = await plugin.open(t, fake.url, {
    data: { review: 'never', leaveOut: ['Private/', 'b.png'] },
    files: { 'Private/diary.md': note, 'open.md': `${note}\n![[b.png]]\n` },
    note: null,
  });
  await runCommand('notesight:caption-vault');
  await waitForNote('open.md', '![[a.png|Square 80 wide]]\n\n![[b.png]]\n');
  assert.equal(await diskText('Private/diary.md'), note);
  assert.equal(fake.chats.length, 1);
});

test('a caption stands below the image, or in a callout, as the style has it', async (t) => {
  const fake = await serveSquares(t);
  const below = await plugin.open(t, fake.url, { data: { review: 'never', style: 'below' } });
  await below.runCommand('notesight:caption-note');
  await below.untilText(/\[\[a\.png\|Square 80 wide\]\]\n\*Square 80 wide\*\n/);
  const callout = await plugin.open(t, fake.url, { data: { review: 'never', style: 'callout' } });
  await callout.runCommand('notesight:caption-note');
  await callout.untilText(/\n> \[!image\]- Square 80 wide\n> It was made by a test\.\n/);
});

test('images on the web are left alone until the settings allow them', async (t) => {
  const fake = await serveSquares(t);
  const { page, setCursor, runCommand, untilNotice, untilText, toggleSettings, editorText } =
    await plugin.open(t, fake.url, {
      files: { 'note.md': 'x' },
      binaries: {},
    });
  // The page's own server stands for the web.
  const url = new URL('/favicon.png', page.url()).href;
  const markdown = `![](${url})\n`;
  await page.evaluate((text) => {
    obsidianHost.writeOutside('note.md', text);
  }, markdown);
  await untilText(/favicon/);
  await setCursor(5);
  await runCommand('notesight:caption-at-cursor');
  await untilNotice(/is on the web and is not fetched\. Save it .* or allow/);
  assert.equal(await editorText(), markdown);
  await toggleSettings();
  await row(page, 'Images on the web').getByRole('switch').click();
  await toggleSettings();
  await setCursor(5);
  await runCommand('notesight:caption-at-cursor');
  assert.match(await untilNotice(/HTTP 404/), /can't be read \(HTTP 404\)/);
});

test('the first page comes once on a device, and says when all is ready', async (t) => {
  const fake = await serveSquares(t);
  const { page, disablePlugin, enablePlugin } = await plugin.open(t, fake.url, { data: null });
  await page.getByText('Welcome to Notesight').waitFor();
  await page.getByText('All is ready: gemma3:4b can see your images.').waitFor();
  await page.getByRole('button', { name: 'Get started' }).click();
  await disablePlugin();
  await enablePlugin();
  assert.equal(await page.locator('.modal').count(), 0);
});

test('the first page gets a new user a model where there is none', async (t) => {
  const fake = await serveSquares(t, { models: [], library: [{ model: gemma3, layers: [1_000_000] }] });
  const { page } = await plugin.open(t, fake.url, { data: null });
  await page.getByText('Ollama runs, but has no model that can see.').waitFor();
  await page.getByRole('button', { name: 'Pull gemma3:4b' }).click();
  await page.getByText('All is ready: gemma3:4b can see your images.').waitFor();
});

test('the first page does not come where there are settings', async (t) => {
  const { page } = await plugin.open(t, 'http://127.0.0.1:9', { data: {} });
  assert.equal(await page.locator('.modal').count(), 0);
});

test('in Russian, all of the interface is Russian', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings } = await plugin.open(t, fake.url, { language: 'ru' });
  await toggleSettings();
  const names = await page.locator('.modal .setting-item-name').allInnerTexts();
  assert.ok(names.length > 14);
  for (const name of names) assert.match(name, /[А-яё]/, name);
});

test('another plugin asks what an image shows, and is told when one was described', async (t) => {
  const fake = await serveSquares(t);
  const { page } = await plugin.open(t, fake.url);
  const told = await page.evaluate(async () => {
    interface Api {
      canDescribe(file: unknown): boolean;
      cached(file: unknown): Promise<{ alt: string } | null>;
      describe(file: unknown): Promise<{ alt: string }>;
      on(name: 'described', callback: (path: string, description: { alt: string }) => unknown): unknown;
      offref(ref: unknown): void;
    }
    const { app } = globalThis as unknown as {
      app: {
        vault: { getFileByPath(path: string): unknown };
        plugins: { getPlugin(id: string): { api: Api } | null };
      };
    };
    const api = app.plugins.getPlugin('notesight')?.api;
    if (api === undefined) return null;
    const [note, a, b] = ['note.md', 'a.png', 'b.png'].map((path) => app.vault.getFileByPath(path));
    const events: string[] = [];
    const ref = api.on('described', (path, { alt }) => events.push(`${path}: ${alt}`));
    const before = await api.cached(a);
    const { alt } = await api.describe(a);
    const after = await api.cached(a);
    await api.describe(a);
    api.offref(ref);
    await api.describe(b);
    return { can: [api.canDescribe(note), api.canDescribe(a)], before, alt, after: after?.alt, events };
  });
  assert.deepEqual(told, {
    can: [false, true],
    before: null,
    alt: 'Square 80 wide',
    after: 'Square 80 wide',
    events: ['a.png: Square 80 wide'],
  });
  assert.equal(fake.chats.length, 2);
  assert.equal(NOTE, await page.evaluate(() => obsidianHost.editorText()));
});
