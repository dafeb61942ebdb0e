import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

/** A window in which images of these widths were pasted while no server responded. */
async function waiting(t: TestContext, ...sizes: number[]): Promise<{ window: PluginWindow; port: number }> {
  const port = await freePort();
  const window = await plugin.open(t, `http://127.0.0.1:${port}`);
  await window.setCursor(NOTE.length);
  for (const [index, size] of sizes.entries()) {
    await window.pasteSquare(size);
    await untilWaiting(window, index + 1);
    await window.typeText(' ');
  }
  return { window, port };
}

const said = (count: number) => `${count === 1 ? '1 image' : `${count} images`} queued`;

async function untilWaiting({ page }: PluginWindow, count: number): Promise<void> {
  await page.locator('.status-bar').getByText(said(count)).waitFor();
}

/** The list as stored for the next start. */
async function stored({ page }: PluginWindow): Promise<unknown> {
  return page.evaluate(`app.loadLocalStorage('notesight-waiting')`);
}

const QUEUED = /^Can't reach .* at http:\/\/127.*\. 1 image is queued and gets its alt text when/;

test('tells once that pasted images are queued while the server is down, and captions them later', async (t) => {
  const { window, port } = await waiting(t, 70, 71, 72);
  const notices = await window.notices();
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? '', QUEUED);
  const notice = window.page.locator('.notice');
  await notice.getByText('3 images are queued and get their alt text').waitFor();
  assert.deepEqual(await notice.getByRole('button').allInnerTexts(), ['Try now', 'Open settings']);
  await serveSquares(t, { port });
  await window.page.getByText(said(3)).click();
  await window.untilText(/70 wide[^]*71 wide[^]*72 wide/);
  await window.page.waitForFunction(
    () => document.querySelector<HTMLElement>('.status-bar')?.innerText === '',
  );
  assert.equal(await notice.count(), 0);
  assert.equal((await window.notices()).length, 1);
  assert.equal(await stored(window), null);
});

test('shows the notice again when it is asked to try and the server is still down', async (t) => {
  const { window, port } = await waiting(t, 70);
  const tryNow = window.page.locator('.notice').getByRole('button', { name: 'Try now' });
  await tryNow.click();
  await window.page.waitForFunction(() => obsidianHost.notices().length === 2);
  await serveSquares(t, { port });
  await tryNow.click();
  await window.untilText(/70 wide/);
  await tryNow.waitFor({ state: 'detached' });
});

test('tells it again in the next outage', async (t) => {
  const { window, port } = await waiting(t, 70);
  const fake = await startFakeOllama({ models: [squares], port });
  await window.runCommand('notesight:resume-waiting');
  await window.untilText(/70 wide/);
  await fake.close();
  await window.pasteSquare(71);
  await untilWaiting(window, 1);
  assert.equal((await window.notices()).filter((text) => QUEUED.test(text)).length, 2);
});

test('counts the queued images on the ribbon icon', async (t) => {
  const { window } = await waiting(t, 70, 71);
  const icon = window.page.locator('.side-dock-ribbon-action[aria-label$=" (2 images queued)"]');
  assert.equal(await icon.locator('.notesight-badge').innerText(), '2');
});

test('retries queued images with a command that is offered only then', async (t) => {
  const { window, port } = await waiting(t, 70);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-waiting'), true);
  await serveSquares(t, { port });
  await window.runCommand('notesight:resume-waiting');
  await window.untilText(/Square 70/);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-waiting'), false);
});

test('keeps all images queued without another notice when the server is still down', async (t) => {
  const { window } = await waiting(t, 70, 71);
  await window.runCommand('notesight:resume-waiting');
  await untilWaiting(window, 2);
  assert.equal((await window.notices()).length, 1);
});

test('keeps the queue after a restart and a rename, and retries it automatically', async (t) => {
  const { window, port } = await waiting(t, 70, 71);
  await window.renameFile('note.md', 'Moved.md');
  await window.disablePlugin();
  assert.equal(await window.statusBarText(), '');
  // Shorten 30 seconds for the test.
  await window.page.evaluate(`{
    const { setInterval } = window;
    window.setInterval = (run, time) => setInterval(run, time / 100);
  }`);
  await window.enablePlugin();
  await untilWaiting(window, 2);
  await serveSquares(t, { port });
  await window.untilText(/70 wide[^]*71 wide/);
});

test('loses no queued image when restarted while retrying', async (t) => {
  const { window, port } = await waiting(t, 70, 71);
  const fake = await serveSquares(t, { port });
  fake.next({ kind: 'hang' });
  await window.page.getByText(said(2)).click();
  await untilAsked(fake, 1);
  await window.disablePlugin();
  await window.enablePlugin();
  await untilWaiting(window, 2);
  await window.page.getByText(said(2)).click();
  await window.untilText(/70 wide[^]*71 wide/);
});

test('stops all queued images until the user retries', async (t) => {
  const { window, port } = await waiting(t, 70, 71);
  const fake = await serveSquares(t, { port });
  fake.next({ kind: 'hang' });
  await window.page.getByText(said(2)).click();
  await untilAsked(fake, 1);
  await window.page.locator('.status-bar').getByText('0/1').click();
  await untilWaiting(window, 2);
  assert.doesNotMatch(await window.editorText(), /Square/);
  assert.equal(fake.chats.length, 1);
  await window.page.getByText(said(2)).click();
  await window.untilText(/70 wide[^]*71 wide/);
});

test('silently drops queued images that left the note or the vault', async (t) => {
  const { window, port } = await waiting(t, 70, 71);
  const [image = ''] = (await window.files()).filter((path) => path.startsWith('Pasted'));
  await window.deleteFile(image);
  await window.setSelection(NOTE.length, (await window.editorText()).length);
  await window.page.keyboard.press('Delete');
  assert.equal(await window.editorText(), NOTE);
  const fake = await serveSquares(t, { port });
  await window.runCommand('notesight:resume-waiting');
  await window.page.waitForFunction(
    () => document.querySelector<HTMLElement>('.status-bar')?.innerText === '',
  );
  assert.equal(fake.chats.length, 0);
  assert.equal((await window.notices()).length, 1);
  assert.equal(await window.page.locator('.notice').count(), 0);
  assert.equal(await stored(window), null);
});

test('shows one notice with what to do when a command runs with the server down', async (t) => {
  const server = `http://127.0.0.1:${await freePort()}`;
  const { runCommand, untilNotice, notices, editorText } = await plugin.open(t, server);
  await runCommand('notesight:caption-note');
  assert.match(
    await untilNotice(/./),
    /^Can't reach the server at http:\/\/127.*\. Start the server, then go/,
  );
  assert.equal((await notices()).length, 1);
  assert.equal(await editorText(), NOTE);
});

test('receives the answer without streaming when the server rejects the origin', async (t) => {
  const fake = await serveSquares(t);
  const { untilText, runCommand } = await plugin.open(t, fake.url, { origin: 'foreign' });
  await runCommand('notesight:caption-note');
  await untilText(/Square 80[^]*Square 90/);
});
