import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
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

test('queues pasted images silently while the server is down, and captions them later', async (t) => {
  const { window, port } = await waiting(t, 70, 71, 72);
  assert.deepEqual(await window.notices(), []);
  await serveSquares(t, { port });
  await window.page.getByText(said(3)).click();
  await window.untilText(/70 wide[^]*71 wide[^]*72 wide/);
  await window.page.waitForFunction(
    () => document.querySelector<HTMLElement>('.status-bar')?.innerText === '',
  );
  assert.deepEqual(await window.notices(), []);
  assert.equal(await stored(window), null);
});

test('retries queued images with a command that is offered only then', async (t) => {
  const { window, port } = await waiting(t, 70);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-waiting'), true);
  await serveSquares(t, { port });
  await window.runCommand('notesight:resume-waiting');
  await window.untilText(/Square 70/);
  assert.equal((await window.offeredCommands()).includes('notesight:resume-waiting'), false);
});

test('keeps all images queued without a notice when the server is still down', async (t) => {
  const { window } = await waiting(t, 70, 71);
  await window.runCommand('notesight:resume-waiting');
  await untilWaiting(window, 2);
  assert.deepEqual(await window.notices(), []);
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
  assert.deepEqual(await window.notices(), []);
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
