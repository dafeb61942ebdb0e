import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

test('ignores remote images until the settings allow them', async (t) => {
  const fake = await serveSquares(t);
  const { page, setCursor, runCommand, untilNotice, untilText, toggleSettings, editorText } =
    await plugin.open(t, fake.url, {
      files: { 'note.md': 'x' },
      binaries: {},
    });
  // The page's own server acts as the remote host.
  const url = new URL('/favicon.png', page.url()).href;
  const markdown = `![](${url})\n`;
  await page.evaluate((text) => {
    obsidianHost.writeOutside('note.md', text);
  }, markdown);
  await untilText(/favicon/);
  await setCursor(5);
  await runCommand('notesight:caption-at-cursor');
  await untilNotice(/^Remote image not downloaded: .*\. Save it .* or allow/);
  assert.equal(await editorText(), markdown);
  await toggleSettings();
  await page.locator('.modal .setting-item', { hasText: 'Remote images' }).getByRole('switch').click();
  await toggleSettings();
  await setCursor(5);
  await runCommand('notesight:caption-at-cursor');
  assert.match(await untilNotice(/HTTP 404/), /^Can't read the image .* \(HTTP 404\)/);
});
