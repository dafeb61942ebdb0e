import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { squares, serveSquares } from './serve-squares.ts';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const welcome = ({ page }: PluginWindow) =>
  page.getByRole('dialog').filter({ hasText: 'Welcome to Notesight' });

test('a new user is welcomed once, and comes to a first caption without any setting', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  const { page, setCursor, runCommand, untilText, disablePlugin, enablePlugin } = window;
  await welcome(window)
    .getByRole('status')
    .getByText('All is ready: gemma3:4b can see your images.')
    .waitFor();
  assert.equal(await welcome(window).getByRole('button', { name: /^Pull/ }).isVisible(), false);
  await welcome(window).getByRole('button', { name: 'Get started' }).click();
  assert.equal(await welcome(window).count(), 0);
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  await untilText(/Square 80 wide/);
  await disablePlugin();
  await enablePlugin();
  await page.waitForTimeout(300);
  assert.equal(await welcome(window).count(), 0);
});

test('where there are settings, as a sync brings them, nobody is welcomed', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: { review: 'never' } });
  await window.page.waitForTimeout(300);
  assert.equal(await welcome(window).count(), 0);
});

test('without a server it says so and what to do, and looks again when asked', async (t) => {
  const port = await freePort();
  const window = await plugin.open(t, `http://127.0.0.1:${port}`, { data: null });
  const said = welcome(window).getByRole('status');
  await said.getByText(/^The server does not answer at .* Start it/).waitFor();
  await serveSquares(t, { port });
  await welcome(window).getByRole('button', { name: 'Check again' }).click();
  await said.getByText(/^All is ready/).waitFor();
});

test('where no model can see, one is pulled from there, and then all is ready', async (t) => {
  const fake = await serveSquares(t, {
    models: [],
    library: [{ model: squares, layers: [3_000_000_000] }],
    tokenDelay: 100,
  });
  const window = await plugin.open(t, fake.url, { data: null });
  const said = welcome(window).getByRole('status');
  await said.getByText('The server runs, but has no model that can see.').waitFor();
  await welcome(window).getByRole('button', { name: 'Pull gemma3:4b' }).click();
  await said.getByText(/^(25|60)% /).waitFor();
  await said.getByText('All is ready: gemma3:4b can see your images.').waitFor();
  await window.page.keyboard.press('Escape');
  await window.setCursor(NOTE.indexOf('a.png'));
  await window.runCommand('notesight:caption-at-cursor');
  await window.untilText(/Square 80 wide/);
});

test('closing the welcome stops what it pulls', async (t) => {
  const fake = await serveSquares(t, {
    models: [],
    library: [{ model: squares, layers: [3_000_000_000, 1000] }],
    tokenDelay: 1000,
  });
  const window = await plugin.open(t, fake.url, { data: null });
  await welcome(window).getByRole('button', { name: 'Pull gemma3:4b' }).click();
  await welcome(window)
    .getByRole('status')
    .getByText(/^(0%|pulling)/)
    .waitFor();
  await window.page.keyboard.press('Escape');
  assert.equal(await fake.seen.find(({ path }) => path === '/api/pull')?.ended, 'disconnected');
});
