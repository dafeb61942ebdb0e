import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { freePort } from './free-port.ts';
import { inReview } from './in-review.ts';
import { NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

/** The controls that a screen reader finds, each with its name. */
async function controls(inside: Locator): Promise<string[]> {
  const tree = await inside.ariaSnapshot();
  return tree
    .split('\n')
    .flatMap((line) => /^\s*- ((?:button|textbox|combobox|link)\b.*)$/.exec(line)?.[1] ?? []);
}

function assertNamed(found: readonly string[], atLeast: number): void {
  assert.ok(found.length >= atLeast, found.join('\n'));
  for (const control of found) assert.match(control, /^\w+ "[^"]+/, found.join('\n'));
}

test('labels every control of the review with its image, and announces changes', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand } = await plugin.open(t, fake.url, { data: {} });
  await runCommand('notesight:caption-note');
  const { dialog, ready } = inReview(page);
  await ready(2);
  const found = await controls(dialog);
  assertNamed(found, 15);
  const named = (text: string) => found.filter((control) => control.includes(text)).length;
  for (const action of ['Accept', 'Skip', 'Regenerate', 'Enlarge', 'New alt text for']) {
    assert.equal(named(`"${action} a.png`), 1, action);
    assert.equal(named(`"${action} b.png`), 1, action);
  }
  await page.keyboard.press('Enter');
  const live = dialog.locator('[aria-live="polite"]');
  await live.getByText('1 image accepted 1 to review, 1 done').waitFor({ state: 'attached' });
});

test('labels every button of the settings and the welcome, and announces their messages', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings } = await plugin.open(t, fake.url, {
    data: null,
  });
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('status')
    .getByText(/Ready\./)
    .waitFor();
  assertNamed(await controls(dialog), 2);
  assert.equal(await dialog.getByRole('status').count(), 3);
  await page.keyboard.press('Escape');
  await toggleSettings();
  const rows = page.locator('.setting-item');
  for (const name of ['Model servers', 'Model', 'Download a model']) {
    const row = rows.filter({ has: page.getByText(name, { exact: true }) });
    assertNamed(await controls(row), 1);
    assert.equal(await row.getByRole('status').count(), 1, name);
  }
  for (const button of await page.locator('.mod-settings').getByRole('button').all()) {
    assert.match(await button.ariaSnapshot(), /^- button "[^"]+/);
  }
});

test('labels the status bar button with its progress and action, and announces it', async (t) => {
  const fake = await serveSquares(t);
  fake.next({ kind: 'hang' });
  const { page, runCommand } = await plugin.open(t, fake.url);
  await page.clock.install();
  void runCommand('notesight:caption-note');
  await untilAsked(fake, 1);
  const bar = page.locator('.status-bar');
  await bar.getByRole('button', { name: 'Notesight: 0/2. Stop generating alt text' }).waitFor();
  await page.clock.runFor(11_000);
  assert.equal(await bar.locator('[aria-live="polite"]').textContent(), '0/2');
  await runCommand('notesight:stop');
});

test('retries queued images by keyboard from the status bar', async (t) => {
  const port = await freePort();
  const { page, setCursor, pasteSquare, untilText } = await plugin.open(t, `http://127.0.0.1:${port}`);
  await setCursor(NOTE.length);
  await pasteSquare(70);
  const button = page.locator('.status-bar').getByRole('button', { name: /^Notesight: 1 image queued\. / });
  await button.waitFor();
  await serveSquares(t, { port });
  await button.focus();
  await page.keyboard.press('Space');
  await untilText(/Square 70/);
});
