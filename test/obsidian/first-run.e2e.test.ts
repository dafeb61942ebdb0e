import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/fake-ollama.ts';
import { squares, serveSquares } from './serve-squares.ts';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { settingRow } from './setting-row.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const SLOW = { models: [], library: [{ model: squares, layers: [4_000_000_000] }], tokenDelay: 1000 };

const welcome = ({ page }: PluginWindow) =>
  page.getByRole('dialog').filter({ hasText: 'Welcome to Notesight' });

test('welcomes a new user once and leads to a caption without any settings', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  const { page, setCursor, runCommand, untilText, disablePlugin, enablePlugin } = window;
  await welcome(window).getByRole('status').getByText('Ready. Using gemma3:4b.').waitFor();
  assert.equal(
    await welcome(window)
      .getByRole('button', { name: /^Download/ })
      .isVisible(),
    false,
  );
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

test('does not welcome a user with synced settings', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: { review: 'never' } });
  await window.page.waitForTimeout(300);
  assert.equal(await welcome(window).count(), 0);
});

test('shows what to do when there is no server, and checks again on request', async (t) => {
  const port = await freePort();
  const window = await plugin.open(t, `http://127.0.0.1:${port}`, { data: null });
  const said = welcome(window).getByRole('status');
  await said.getByText(/^Can't reach the server at .* Start the server/).waitFor();
  await serveSquares(t, { port });
  await welcome(window).getByRole('button', { name: 'Check again' }).click();
  await said.getByText(/^Ready\./).waitFor();
});

test('downloads a model when none supports images', async (t) => {
  const fake = await serveSquares(t, {
    models: [],
    library: [{ model: squares, layers: [3_000_000_000] }],
    tokenDelay: 100,
  });
  const window = await plugin.open(t, fake.url, { data: null });
  const said = welcome(window).getByRole('status');
  await said.getByText('The server is running but has no vision model.').waitFor();
  await welcome(window).getByRole('button', { name: 'Download gemma3:4b' }).click();
  await said.getByText(/^Downloading gemma3:4b: (25% \(750|60% \(1,800) of 3,000\sMB\)$/).waitFor();
  await said.getByText('Ready. Using gemma3:4b.').waitFor();
  await window.page.keyboard.press('Escape');
  await window.setCursor(NOTE.indexOf('a.png'));
  await window.runCommand('notesight:caption-at-cursor');
  await window.untilText(/Square 80 wide/);
});

/** A slow download started from the welcome that continues after closing it. */
async function closeWhileDownloading(t: TestContext, served?: FakeOllama) {
  const fake = served ?? (await serveSquares(t, SLOW));
  const window = await plugin.open(t, fake.url, { data: null });
  await welcome(window).getByRole('button', { name: 'Download gemma3:4b' }).click();
  await welcome(window)
    .getByRole('status')
    .getByText(/^Downloading gemma3:4b: \d+% \(/)
    .waitFor();
  assert.equal(await window.page.locator('.notice').count(), 0);
  await window.page.keyboard.press('Escape');
  await welcome(window).waitFor({ state: 'detached' });
  const pulls = () => fake.seen.filter(({ path }) => path === '/api/pull');
  return { window, pulls, notice: window.page.locator('.notice') };
}

test('continues the download in a notice with progress when the welcome is closed', async (t) => {
  const { window, notice, pulls } = await closeWhileDownloading(t);
  await notice.getByText(/^Downloading gemma3:4b: 60% \(2,400 of 4,000\sMB\)$/).waitFor();
  await window.untilNotice(/^Downloaded gemma3:4b\.$/);
  assert.equal(await pulls()[0]?.ended, 'finished');
});

test('stops the download from the notice', async (t) => {
  const { window, notice, pulls } = await closeWhileDownloading(t);
  await notice.getByRole('button', { name: 'Stop' }).click();
  await window.untilNotice(/^Download stopped\. You can resume it later\.$/);
  assert.equal(await pulls()[0]?.ended, 'disconnected');
});

test('reports a failed background download and retries it', async (t) => {
  const port = await freePort();
  const fake = await startFakeOllama({ ...SLOW, port });
  const { window, notice } = await closeWhileDownloading(t, fake).finally(() => fake.close());
  await notice.getByText(/^Could not download the model gemma3:4b\. /).waitFor();
  const again = await serveSquares(t, { ...SLOW, tokenDelay: 0, port });
  await notice.getByRole('button', { name: 'Retry' }).click();
  await window.untilNotice(/^Downloaded gemma3:4b\.$/);
  assert.equal(again.seen.filter(({ path }) => path === '/api/pull').length, 1);
});

test("shows the welcome's download in the settings without starting another", async (t) => {
  const { window, notice, pulls } = await closeWhileDownloading(t);
  await notice.waitFor();
  await window.toggleSettings();
  const row = settingRow(window.page, en.settings.pull.name);
  await row.getByText(/^Downloading gemma3:4b: /).waitFor();
  assert.equal(await notice.count(), 0);
  await row.getByText(en.download.done('gemma3:4b')).waitFor();
  assert.equal(pulls().length, 1);
});

test('resumes an interrupted download after a restart', async (t) => {
  const { window, notice, pulls } = await closeWhileDownloading(t);
  await window.disablePlugin();
  assert.equal(await pulls()[0]?.ended, 'disconnected');
  assert.equal(await notice.count(), 0);
  await window.enablePlugin();
  await notice.getByText(/^The download of gemma3:4b was interrupted\./).waitFor();
  await notice.getByRole('button', { name: 'Resume' }).click();
  await window.untilNotice(/^Downloaded gemma3:4b\.$/);
  assert.equal(pulls().length, 2);
  await window.disablePlugin();
  await window.enablePlugin();
  assert.equal(await window.page.locator('.notice', { hasText: 'interrupted' }).count(), 0);
});
