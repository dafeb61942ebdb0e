import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { openSkippedImages } from './skipped-images.ts';

test('remembers why images are left out, until they are included again', async () => {
  const lines = createMemoryLineFile();
  const skipped = await openSkippedImages(lines);
  await skipped.set(['b.png', 'a.png'], 'decorative');
  await skipped.set(['b.png'], 'never');
  await skipped.set(['a.png'], null);
  assert.deepEqual((await openSkippedImages(lines)).list(), [{ file: 'b.png', reason: 'never' }]);
  assert.equal(skipped.get('a.png'), null);
});

test('lists images by path', async () => {
  const skipped = await openSkippedImages(createMemoryLineFile());
  await skipped.set(['b.png', 'a.png'], 'never');
  assert.deepEqual(
    skipped.list().map(({ file }) => file),
    ['a.png', 'b.png'],
  );
});

test('writes no line when nothing changes', async () => {
  const lines = createMemoryLineFile();
  const skipped = await openSkippedImages(lines);
  await skipped.set(['a.png'], null);
  await skipped.set(['a.png', 'a.png'], 'never');
  assert.equal(lines.lines.length, 1);
});

test('follows renamed files and folders', async () => {
  const skipped = await openSkippedImages(createMemoryLineFile());
  await skipped.set(['in/a.png', 'inner.png'], 'never');
  await skipped.renamed('in', 'out');
  await skipped.renamed('inner.png', 'outer.png');
  assert.deepEqual(
    skipped.list().map(({ file }) => file),
    ['out/a.png', 'outer.png'],
  );
});

test('ignores lines that it does not understand', async () => {
  const lines = ['{', '{"v":2,"file":"a.png","skip":"never"}', '{"v":1,"file":"b.png","skip":"later"}'];
  assert.deepEqual((await openSkippedImages(createMemoryLineFile(lines))).list(), []);
});
