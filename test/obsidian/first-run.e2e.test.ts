import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/fake-ollama.ts';
import { startFakeOpenAi } from '../fakes/fake-openai.ts';
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

/** The text of a step, from 1. */
const step = (window: PluginWindow, number: number) =>
  welcome(window)
    .getByRole('listitem')
    .nth(number - 1);
const said = (window: PluginWindow, number: number) => step(window, number).getByRole('status');
const button = (window: PluginWindow, name: string) => welcome(window).getByRole('button', { name });

test('welcomes a new user once and leads to a caption without any settings', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  const { page, setCursor, runCommand, untilText, disablePlugin, enablePlugin } = window;
  await said(window, 1).getByText(`Connected to Ollama at ${fake.url}.`).waitFor();
  await said(window, 2).getByText('Ready. Using gemma3:4b.').waitFor();
  assert.equal(await button(window, 'Download').count(), 0);
  await button(window, 'Close').click();
  assert.equal(await welcome(window).count(), 0);
  await setCursor(NOTE.indexOf('a.png'));
  await runCommand('notesight:caption-at-cursor');
  await untilText(/Square 80 wide/);
  await disablePlugin();
  await enablePlugin();
  await page.waitForTimeout(300);
  assert.equal(await welcome(window).count(), 0);
});

test('generates alt text for the sample image without a note', async (t) => {
  const fake = await serveSquares(t, { tokenDelay: 50 });
  const window = await plugin.open(t, fake.url, { data: null, files: {}, binaries: {}, note: null });
  await button(window, 'Generate alt text').focus();
  await window.page.keyboard.press('Enter');
  await button(window, 'Cancel').waitFor();
  await said(window, 3)
    .getByText(/^Alt text: Square \d+ wide$/)
    .waitFor();
  assert.match((await step(window, 3).getByRole('img').getAttribute('alt')) ?? '', /^Square \d+ wide$/);
  assert.equal(fake.chats.length, 1);
  assert.equal(fake.chats[0]?.images.length, 1);
  assert.equal(await window.page.evaluate('document.activeElement.textContent'), 'Generate alt text');
  assert.deepEqual(await window.files(), []);
});

test('reports a failure with the sample image and retries it', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  fake.next({ kind: 'error', status: 500, error: 'model requires more system memory' });
  await button(window, 'Generate alt text').click();
  await said(window, 3)
    .getByText(/memory/)
    .waitFor();
  await button(window, 'Retry').click();
  await said(window, 3)
    .getByText(/^Alt text: /)
    .waitFor();
});

test('cancels the description of the sample image', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { data: null });
  fake.next({ kind: 'hang' });
  await button(window, 'Generate alt text').click();
  await button(window, 'Cancel').click();
  await button(window, 'Generate alt text').waitFor();
  assert.equal(await said(window, 3).innerText(), '');
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
  await said(window, 1)
    .getByText(/^Can't reach the server at .* Install Ollama and start it\./)
    .waitFor();
  const link = welcome(window).getByRole('link', { name: 'Download Ollama' });
  assert.equal(await link.getAttribute('href'), 'https://ollama.com/download');
  assert.equal(await button(window, 'Generate alt text').count(), 0);
  await serveSquares(t, { port });
  await button(window, 'Check again').click();
  await said(window, 2)
    .getByText(/^Ready\./)
    .waitFor();
  assert.equal(await link.isVisible(), false);
});

test('checks again when the user returns to the window', async (t) => {
  const port = await freePort();
  const window = await plugin.open(t, `http://127.0.0.1:${port}`, { data: null });
  await said(window, 1)
    .getByText(/^Can't reach/)
    .waitFor();
  await serveSquares(t, { port });
  await window.page.evaluate("window.dispatchEvent(new Event('focus'))");
  await said(window, 2)
    .getByText(/^Ready\./)
    .waitFor();
});

test('says what to do when another server has no vision model', async (t) => {
  const fake = await startFakeOpenAi({ models: [{ name: 'text-only', sees: false }], tells: 'all' });
  t.after(() => fake.close());
  const window = await plugin.open(t, fake.url, { data: null });
  await said(window, 1)
    .getByText(/^Connected to an OpenAI-compatible server/)
    .waitFor();
  await said(window, 2)
    .getByText(/Start the server with a vision model/)
    .waitFor();
  assert.equal(await button(window, 'Download').count(), 0);
});

test('downloads a model when none supports images', async (t) => {
  const fake = await serveSquares(t, {
    models: [],
    library: [{ model: squares, layers: [3_000_000_000] }],
    tokenDelay: 100,
  });
  const window = await plugin.open(t, fake.url, { data: null });
  await said(window, 2)
    .getByText(/^gemma3:4b takes up 3\.3\sGB\.$/)
    .waitFor();
  await button(window, 'Download gemma3:4b').focus();
  await window.page.keyboard.press('Enter');
  await said(window, 2)
    .getByText(/^(25% \(750|60% \(1,800) of 3,000\sMB\)/)
    .waitFor();
  assert.ok(await step(window, 2).getByRole('progressbar').isVisible());
  await said(window, 2).getByText('Ready. Using gemma3:4b.').waitFor();
  assert.equal(await button(window, 'Download').count(), 0);
  assert.equal(await window.page.evaluate('document.activeElement.textContent'), 'Generate alt text');
  await window.page.keyboard.press('Escape');
  await window.setCursor(NOTE.indexOf('a.png'));
  await window.runCommand('notesight:caption-at-cursor');
  await window.untilText(/Square 80 wide/);
});

test('cancels and resumes a download in the welcome', async (t) => {
  const fake = await serveSquares(t, SLOW);
  const window = await plugin.open(t, fake.url, { data: null });
  await button(window, 'Download gemma3:4b').click();
  await said(window, 2)
    .getByText(/^\d+% \(/)
    .waitFor();
  await button(window, 'Cancel').click();
  await said(window, 2).getByText('Download stopped. You can resume it later.').waitFor();
  await button(window, 'Resume').click();
  await said(window, 2).getByText('Ready. Using gemma3:4b.').waitFor();
});

test('retries a download that failed in the welcome', async (t) => {
  const fake = await serveSquares(t, { models: [] });
  const window = await plugin.open(t, fake.url, { data: null });
  await button(window, 'Download gemma3:4b').click();
  await said(window, 2)
    .getByText(/^Could not download the model gemma3:4b.*no such host/)
    .waitFor();
  await button(window, 'Retry').waitFor();
});

/** A slow download started from the welcome that continues after closing it. */
async function closeWhileDownloading(t: TestContext, served?: FakeOllama) {
  const fake = served ?? (await serveSquares(t, SLOW));
  const window = await plugin.open(t, fake.url, { data: null });
  await welcome(window).getByRole('button', { name: 'Download gemma3:4b' }).click();
  await said(window, 2)
    .getByText(/^\d+% \(/)
    .waitFor();
  assert.equal(await window.page.locator('.notice').count(), 0);
  await window.page.keyboard.press('Escape');
  await welcome(window).waitFor({ state: 'detached' });
  const pulls = () => fake.seen.filter(({ path }) => path === '/api/pull');
  return { window, pulls, notice: window.page.locator('.notice') };
}

test('continues the download in a notice with progress when the welcome is closed', async (t) => {
  const { window, notice, pulls } = await closeWhileDownloading(t);
  await notice.getByText(/^Downloading gemma3:4b: 60% \(2,400 of 4,000\sMB\)/).waitFor();
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
