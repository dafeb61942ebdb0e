import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test, type TestContext } from 'node:test';
import type { FakeOllama } from '../fakes/fake-ollama.ts';
import { startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { square } from './square.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const FILES = { '1.md': '![[a.png]]\n', '2.md': '![[b.png]]\n', '3.md': '![[c.png]] ![[d.png]]\n' };
const WORDS = { alt: 'First words', description: '', text: '', tags: [], decorative: false };

/** A batch over the vault with one completed image, whose model never answers for the second. */
async function startBatch(t: TestContext): Promise<{ fake: FakeOllama; window: PluginWindow }> {
  const fake = await serveSquares(t);
  fake.next({ kind: 'answer', text: JSON.stringify(WORDS) }, { kind: 'hang' });
  const [a, b, c, d] = await Promise.all([51, 52, 53, 54].map(square));
  assert.ok(a && b && c && d);
  const binaries = { 'a.png': a, 'b.png': b, 'c.png': c, 'd.png': d };
  const window = await plugin.open(t, fake.url, { files: FILES, binaries, note: '3.md' });
  // Resolves only when the batch ends.
  void window.runCommand('notesight:caption-vault');
  await untilAsked(fake, 2);
  return { fake, window };
}

async function assertStopped({ untilNotice, diskText, statusBarText }: PluginWindow, fake: FakeOllama) {
  assert.equal(await untilNotice(/^Stopped/), 'Stopped. Updated 1 image.');
  assert.equal(await diskText('1.md'), '![[a.png|First words]]\n');
  assert.equal(await diskText('2.md'), FILES['2.md']);
  assert.equal(await diskText('3.md'), FILES['3.md']);
  // The server notices it a moment later.
  for (let waited = 0; fake.concurrency.now > 0 && waited < 50; waited++) await sleep(100);
  assert.equal(fake.concurrency.now, 0);
  assert.equal(await statusBarText(), '');
}

test('keeps completed captions when a batch is stopped', async (t) => {
  const { fake, window } = await startBatch(t);
  await window.page.getByText('1/4').waitFor();
  await window.runCommand('notesight:stop');
  await assertStopped(window, fake);
  assert.equal(await window.runCommand('notesight:stop'), false);
});

test('shows the progress in the status bar and stops on click', async (t) => {
  const { fake, window } = await startBatch(t);
  await window.page.locator('.status-bar').getByText('1/4').click();
  await assertStopped(window, fake);
});

test('stops on Enter in the status bar, reached by Tab', async (t) => {
  const { fake, window } = await startBatch(t);
  const button = window.page
    .locator('.status-bar')
    .getByRole('button', { name: /^Notesight: 1\/4.*Stop generating alt text$/ });
  await button.waitFor();
  await window.page.evaluate('document.activeElement.blur()');
  for (let tabs = 0; tabs < 30; tabs++) {
    if (await button.evaluate((element) => element === document.activeElement)) break;
    await window.page.keyboard.press('Tab');
  }
  await window.page.keyboard.press('Enter');
  await assertStopped(window, fake);
});

test('continues a stopped batch with the remaining images', async (t) => {
  const { window } = await startBatch(t);
  await window.page.getByText('1/4').waitFor();
  await window.runCommand('notesight:stop');
  await window.untilNotice(/^Stopped/);
  await window.runCommand('notesight:caption-vault');
  await window.untilNotice(/^Updated 3 images/);
  assert.equal(await window.editorText(), '![[c.png|Square 53 wide]] ![[d.png|Square 54 wide]]\n');
});
