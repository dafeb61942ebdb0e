import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, test, type TestContext } from 'node:test';
import { startFakeOllama, type FakeOllama } from '../fakes/fake-ollama.ts';
import { freePort } from './free-port.ts';
import { inReview } from './in-review.ts';
import { startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { square } from './square.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const FILES = { '1.md': '![[a.png]]\n', '2.md': '![[b.png]]\n', '3.md': '![[c.png]] ![[d.png]]\n' };
const DONE = {
  '1.md': '![[a.png|Square 51 wide]]\n',
  '2.md': '![[b.png|Square 52 wide]]\n',
  '3.md': '![[c.png|Square 53 wide]] ![[d.png|Square 54 wide]]\n',
};

/** A server that a test may close early. */
async function dying(t: TestContext, port: number): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: [squares], port });
  t.after(() => fake.close().catch(() => undefined));
  return fake;
}

interface Batch {
  readonly window: PluginWindow;
  readonly fake: FakeOllama;
  readonly port: number;
}

/** A batch over the vault whose first image is answered, and whose model never answers for the second. */
async function startBatch(
  t: TestContext,
  data: Record<string, unknown> = { review: 'never' },
): Promise<Batch> {
  const port = await freePort();
  const fake = await dying(t, port);
  const words = { alt: 'Square 51 wide', description: '', text: '', tags: [], decorative: false };
  fake.next({ kind: 'answer', text: JSON.stringify(words) }, { kind: 'hang' });
  const [a, b, c, d] = await Promise.all([51, 52, 53, 54].map(square));
  assert.ok(a && b && c && d);
  const binaries = { 'a.png': a, 'b.png': b, 'c.png': c, 'd.png': d };
  const window = await plugin.open(t, fake.url, { files: FILES, binaries, note: '3.md', data });
  // Resolves only when the batch ends.
  void window.runCommand('notesight:caption-vault');
  await untilAsked(fake, 2);
  return { window, fake, port };
}

/** The same batch after the server has failed. */
async function pausedBatch(t: TestContext, data?: Record<string, unknown>): Promise<Batch> {
  const batch = await startBatch(t, data);
  await batch.fake.close();
  return batch;
}

const pausedItem = ({ page }: PluginWindow) =>
  page.locator('.status-bar').getByRole('button', { name: /Paused: 1 of 4 done/ });

const PAUSED = 'Paused: Ollama stopped responding. 1 of 4 done.';

async function assertDone({ waitForNote, diskText }: PluginWindow, files: readonly (keyof typeof DONE)[]) {
  for (const file of files) await waitForNote(file, DONE[file]);
  assert.equal(await diskText('1.md'), DONE['1.md']);
}

async function untilIdle({ page }: PluginWindow): Promise<void> {
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.status-bar')?.innerText === '');
}

test('pauses the batch with one notice when the server fails, and resumes the rest', async (t) => {
  const { window, port } = await pausedBatch(t);
  assert.equal((await window.untilNotice(/^Paused/)).replace(/Resume.*/, ''), PAUSED);
  assert.equal((await window.notices()).length, 1);
  await pausedItem(window).waitFor();
  assert.equal(await window.diskText('1.md'), DONE['1.md']);
  assert.equal(await window.diskText('2.md'), FILES['2.md']);

  const again = await serveSquares(t, { port });
  await window.page.locator('.notice').getByRole('button', { name: 'Resume' }).click();
  await window.untilNotice(/^Updated 3 images\. 1 unchanged\.$/);
  await assertDone(window, ['2.md']);
  assert.equal(await window.editorText(), DONE['3.md']);
  assert.equal(again.chats.length, 3);
  await untilIdle(window);
  assert.equal(await window.page.evaluate(`app.loadLocalStorage('notesight-batch')`), null);
});

test('reports that the server is still down on Resume and keeps the batch paused', async (t) => {
  const { window } = await pausedBatch(t);
  await window.untilNotice(/^Paused/);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-batch'), true);
  await window.runCommand('notesight:resume-batch');
  await window.untilNotice(/Can't reach/);
  await pausedItem(window).waitFor();
});

test('dismisses the paused batch from the status bar and keeps completed captions', async (t) => {
  const { window } = await pausedBatch(t);
  await window.untilNotice(/^Paused/);
  await pausedItem(window).click();
  // The Obsidian model lets a menu extend beyond the window.
  await window.page.locator('.menu').getByText('Stop').dispatchEvent('click');
  await untilIdle(window);
  assert.equal(await window.page.locator('.notice').count(), 0);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-batch'), false);
  assert.equal(await window.diskText('1.md'), DONE['1.md']);
  await window.disablePlugin();
  await window.enablePlugin();
  assert.equal(await window.statusBarText(), '');
});

test('resumes a paused batch automatically when the server responds', async (t) => {
  const { window, port } = await pausedBatch(t);
  await window.untilNotice(/^Paused/);
  await window.disablePlugin();
  // Shorten 30 seconds for the test.
  await window.page.evaluate(`{
    const { setInterval } = window;
    window.setInterval = (run, time) => setInterval(run, time / 100);
  }`);
  await window.enablePlugin();
  // After a restart, the user decides whether to continue; then the server fails again.
  await window.untilNotice(/^A batch was interrupted: 3 of 4 images left/);
  const fake = await dying(t, port);
  fake.next({ kind: 'hang' });
  await window.page.locator('.notice').getByRole('button', { name: 'Resume' }).click();
  await untilAsked(fake, 1);
  await fake.close();
  await pausedItem(window).waitFor();
  await serveSquares(t, { port });
  await window.untilNotice(/^Updated 3 images/);
  await assertDone(window, ['2.md']);
});

test('offers to resume a batch interrupted by a restart', async (t) => {
  const { window, fake } = await startBatch(t);
  await window.page.locator('.status-bar').getByRole('button', { name: /1\/4/ }).waitFor();
  await window.disablePlugin();
  await window.enablePlugin();
  await window.untilNotice(/^A batch was interrupted: 3 of 4 images left/);
  const asked = fake.chats.length;
  await window.page.locator('.notice').getByRole('button', { name: 'Resume' }).click();
  await window.untilNotice(/^Updated 3 images/);
  await assertDone(window, ['2.md']);
  assert.equal(fake.chats.length, asked + 3);
  await window.disablePlugin();
  await window.enablePlugin();
  assert.equal(await window.statusBarText(), '');
});

test('offers nothing after a restart when nothing is left or it was dismissed', async (t) => {
  const { window } = await startBatch(t);
  await window.page.locator('.status-bar').getByRole('button', { name: /1\/4/ }).waitFor();
  await window.disablePlugin();
  for (const [path, text] of Object.entries(DONE)) await window.writeOutside(path, text);
  await window.untilText(/Square 54/);
  await window.enablePlugin();
  await window.page.waitForFunction(`app.loadLocalStorage('notesight-batch') === null`);
  assert.equal(
    (await window.notices()).some((notice) => notice.startsWith('A batch was')),
    false,
  );
});

test('accepts completed items while the batch is paused, and adds the rest on Resume', async (t) => {
  const { window, port } = await pausedBatch(t, {});
  const { dialog, ready, button, boxes } = inReview(window.page);
  await dialog.getByText(PAUSED).waitFor();
  assert.equal(await boxes.count(), 1);
  await boxes.first().fill('My own words');
  await serveSquares(t, { port });
  await button('Resume').click();
  await ready(4);
  assert.equal(await boxes.first().inputValue(), 'My own words');
  await button('Accept all').click();
  await window.waitForNote('1.md', '![[a.png|My own words]]');
  await window.waitForNote('2.md', DONE['2.md']);
});

const pictures = process.env['NOTESIGHT_PICTURES'];
test('captures pictures of a paused batch', { skip: pictures === undefined }, async (t) => {
  const { window } = await pausedBatch(t);
  await window.untilNotice(/^Paused/);
  for (const theme of ['light', 'dark'] as const) {
    await window.setTheme(theme);
    await window.page.screenshot({ path: `${pictures}/paused-${theme}.png` });
  }
  await pausedItem(window).click();
  await window.page.screenshot({ path: `${pictures}/paused-menu.png` });
});
