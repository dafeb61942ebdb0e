import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Locator } from 'playwright-core';
import type { FakeOllama } from '../fakes/fake-ollama.ts';
import type { OpenOptions } from './harness.ts';
import { startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { square } from './square.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const FILES = { 'note.md': '![[a.png]]\n', 'other.md': '![[b.png]] ![[c.png]] ![[d.png]]\n' };
const TITLE = 'Generate alt text for the images in this note';

interface RunningBatch {
  readonly window: PluginWindow;
  readonly fake: FakeOllama;
  readonly notice: Locator;
  readonly bar: Locator;
  readonly icon: Locator;
  readonly badge: Locator;
}

/** A batch of four images with one done, whose model does not answer for the second. */
async function startBatch(t: TestContext, options: OpenOptions): Promise<RunningBatch> {
  const fake = await serveSquares(t);
  fake.next({
    kind: 'answer',
    text: '{"alt":"First","description":"","text":"","tags":[],"decorative":false}',
  });
  fake.next({ kind: 'hang' });
  const [a, b, c, d] = await Promise.all([51, 52, 53, 54].map(square));
  assert.ok(a && b && c && d);
  const binaries = { 'a.png': a, 'b.png': b, 'c.png': c, 'd.png': d };
  const window = await plugin.open(t, fake.url, { files: FILES, binaries, ...options });
  const { page } = window;
  // Resolves only when the batch ends.
  void window.runCommand('notesight:caption-vault');
  await untilAsked(fake, 2);
  const notice = page.locator('.notice', { hasText: 'Generating alt text: 1 of 4' });
  const icon = page.locator(`.side-dock-ribbon-action[aria-label^="${TITLE}"]`);
  return {
    ...{ window, fake, notice, icon },
    bar: notice.getByRole('progressbar', { name: 'Progress' }),
    badge: icon.locator('.notesight-badge'),
  };
}

/** @param side in CSS pixels */
async function assertAtLeast(target: Locator, side: number): Promise<void> {
  const box = await target.boundingBox();
  assert.ok(box && box.height >= side && box.width >= side, JSON.stringify(box));
}

test('shows the progress on a phone in a notice that stays, and stops from it', async (t) => {
  const { window, notice, bar } = await startBatch(t, { isPhone: true });
  await notice.waitFor();
  assert.equal(await bar.getAttribute('aria-valuenow'), '25');
  assert.equal(await window.page.locator('.notice').count(), 1);
  assert.equal(await window.statusBarText(), '');
  const stop = notice.getByRole('button', { name: 'Stop' });
  await assertAtLeast(stop, 44);
  await stop.click();
  assert.equal(await window.untilNotice(/^Stopped/), 'Stopped. Updated 1 image.');
  await notice.waitFor({ state: 'detached' });
});

test('updates the notice in place, and removes it at the end of the batch', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { isPhone: true });
  await window.runCommand('notesight:caption-note');
  await window.untilNotice(/^Updated 2 images\.$/);
  const notices = await window.notices();
  assert.equal(notices.filter((text) => text.startsWith('Generating')).length, 1);
  assert.equal(await window.page.locator('.notice').count(), 1);
});

test('shows a dismissed progress notice again only when the ribbon icon is tapped', async (t) => {
  const { window, fake, notice, icon } = await startBatch(t, { isPhone: true });
  await notice.click({ position: { x: 20, y: 12 } });
  await notice.waitFor({ state: 'detached' });
  await icon.click();
  await notice.waitFor();
  assert.equal(await window.page.locator('.notice').count(), 1);
  assert.equal(fake.chats.length, 2);
  await notice.getByRole('button', { name: 'Stop' }).click();
  await window.untilNotice(/^Stopped/);
});

test('keeps a dismissed notice away when the next image is done', async (t) => {
  let answer = (): void => undefined;
  const hold = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const fake = await serveSquares(t, { hold });
  const window = await plugin.open(t, fake.url, { isPhone: true });
  void window.runCommand('notesight:caption-note');
  await window.page.locator('.notice', { hasText: '0 of 2' }).click({ position: { x: 20, y: 12 } });
  answer();
  await window.untilNotice(/^Updated 2 images\.$/);
  const notices = await window.notices();
  assert.equal(notices.filter((text) => text.startsWith('Generating')).length, 1);
});

test('shows no second progress beside a review', async (t) => {
  const fake = await serveSquares(t);
  const window = await plugin.open(t, fake.url, { isPhone: true, data: { review: 'always' } });
  await window.runCommand('notesight:caption-note');
  await untilAsked(fake, 2);
  await window.page.locator('.notesight-review').waitFor();
  assert.deepEqual(await window.notices(), []);
});

test('counts the images left on the ribbon icon, and nothing at the end', async (t) => {
  const { window, icon, badge } = await startBatch(t, {});
  await window.page.getByText('1/4').waitFor();
  assert.equal(await badge.innerText(), '3');
  assert.equal(await icon.getAttribute('aria-label'), `${TITLE} (3 images left)`);
  await window.runCommand('notesight:stop');
  await window.untilNotice(/^Stopped/);
  assert.equal(await badge.isVisible(), false);
  assert.equal(await icon.getAttribute('aria-label'), TITLE);
});
