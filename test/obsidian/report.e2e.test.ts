import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';
import { square } from './square.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const TORN = new TextEncoder().encode('not an image');

test('reports which images failed and why, copies the list, and retries only those', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText, untilNotice, editorText } = await plugin.open(t, fake.url, {
    data: { review: 'never' },
    files: { 'note.md': '# Note\n\n![](a.png)\n\n![](torn.png)\n\n![](gone.png)\n' },
    binaries: { 'a.png': await square(80), 'torn.png': TORN },
  });
  await runCommand('notesight:caption-note');
  await untilText(/!\[Square 80 wide\]\(a\.png\)/);
  await untilNotice(/^Updated 1 image/);
  await page.locator('.notice').getByRole('button', { name: 'Show report' }).click();
  const report = page.locator('.modal', { has: page.locator('.notesight-report') });
  await report.getByText('2 images without new alt text').waitFor();
  assert.deepEqual(await report.locator('li > a').allInnerTexts(), ['torn.png', 'gone.png']);
  await report.getByText('is text, not an image').first().waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await report.getByRole('button', { name: 'Copy' }).click();
  await report.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^- note\.md: torn\.png: .+\n- note\.md: gone\.png: Image not found/);
  const asked = fake.chats.length;
  await report.getByRole('button', { name: 'Retry failed' }).click();
  await page.locator('.notice').getByRole('button', { name: 'Show report' }).waitFor();
  assert.equal(fake.chats.length, asked);
  assert.match(await editorText(), /!\[Square 80 wide\]\(a\.png\)\n\n!\[\]\(torn\.png\)/);
});

test('shows no report when nothing failed', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilNotice } = await plugin.open(t, fake.url, { data: { review: 'never' } });
  await runCommand('notesight:caption-note');
  await untilNotice(/^Updated 2 images/);
  assert.equal(await page.getByRole('button', { name: 'Show report' }).count(), 0);
});
