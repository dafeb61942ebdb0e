import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

test('explains how to get an image that is not on this device', async (t) => {
  const fake = await serveSquares(t);
  const bytes = (text: string) => Buffer.from(text);
  const markdown = '![](img/cloud.png)\n\n![](lfs.png)\n\n![](page.png)\n\n![](gone.png)\n';
  const { setCursor, runCommand, untilNotice, editorText } = await plugin.open(t, fake.url, {
    files: { 'notes/note.md': markdown },
    note: 'notes/note.md',
    binaries: {
      'notes/img/.cloud.png.icloud': bytes('bplist00'),
      'notes/lfs.png': bytes('version https://git-lfs.github.com/spec/v1\noid sha256:2d6c72fe\nsize 46658\n'),
      'notes/page.png': bytes('<!DOCTYPE html><title>Not found</title>'),
    },
  });
  for (const [line, notice] of [
    ['cloud', /cloud\.png is in iCloud and not on this device\. Open it in Finder/],
    ['lfs', /lfs\.png is only a Git LFS pointer.* Run `git lfs pull`/],
    ['page', /page\.png is a web page, not an image\./],
    ['gone', /^Image not found: gone\.png\./],
  ] as const) {
    await setCursor(markdown.indexOf(line));
    await runCommand('notesight:caption-at-cursor');
    await untilNotice(notice);
  }
  assert.equal(await editorText(), markdown);
  assert.equal(fake.chats.length, 0);
});
