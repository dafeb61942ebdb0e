import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asOrdinaryUser } from '../../test/as-ordinary-user.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { isInICloud } from './errno.ts';
import { createImageFiles } from './image-files.ts';

const MAX_BYTES = 10_000_000;
const never = new AbortController().signal;

test('returns the bytes unchanged, also through a link inside the vault', async (t) => {
  const root = temporaryFolder(t);
  const bytes = randomBytes(9_000_000);
  writeFileSync(join(root, 'Снимок 100%.png'), bytes);
  mkdirSync(join(root, 'sub'));
  symlinkSync('..', join(root, 'sub', 'up'));
  const images = createImageFiles(root, MAX_BYTES);
  assert.ok(bytes.equals(await images.read('Снимок 100%.png', never)));
  assert.ok(bytes.equals(await images.read('sub/up/Снимок 100%.png', never)));
});

test('rejects every path that leads outside the vault', async (t) => {
  const outside = temporaryFolder(t);
  const root = temporaryFolder(t);
  writeFileSync(join(outside, 'a.png'), 'x');
  symlinkSync(join(outside, 'a.png'), join(root, 'file.png'));
  symlinkSync(outside, join(root, 'folder'));
  const images = createImageFiles(root, MAX_BYTES);
  for (const way of ['file.png', 'folder/a.png', '../a.png', join(outside, 'a.png'), 'sub/../../none.png']) {
    await assert.rejects(images.read(way, never), { code: 'image_outside_vault' }, way);
  }
});

test('rejects a folder whose name starts with that of the vault', async (t) => {
  const above = temporaryFolder(t);
  mkdirSync(join(above, 'vault'));
  mkdirSync(join(above, 'vault-2'));
  writeFileSync(join(above, 'vault-2', 'a.png'), 'x');
  const images = createImageFiles(join(above, 'vault'), MAX_BYTES);
  await assert.rejects(images.read('../vault-2/a.png', never), { code: 'image_outside_vault' });
});

test('reports a missing file', async (t) => {
  const root = temporaryFolder(t);
  symlinkSync('nowhere.png', join(root, 'dangling.png'));
  symlinkSync('loop.png', join(root, 'loop.png'));
  writeFileSync(join(root, 'file'), '');
  const images = createImageFiles(root, MAX_BYTES);
  for (const path of [
    'a.png',
    'dangling.png',
    'loop.png',
    'file/a.png',
    'a\0.png',
    `${'я'.repeat(200)}.png`,
  ]) {
    await assert.rejects(images.read(path, never), { code: 'image_missing' }, path);
  }
});

test('distinguishes a file that is only in iCloud from a missing one', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a', '.b.png.icloud'), 'bplist00');
  const images = createImageFiles(root, MAX_BYTES);
  await assert.rejects(images.read('a/b.png', never), { code: 'image_in_icloud' });
  await assert.rejects(images.read('b.png', never), { code: 'image_missing' });
});

test('recognizes the macOS error for a failed iCloud download', () => {
  const failure = Object.assign(new Error('Unknown system error -11, read'), { errno: -11 });
  assert.equal(isInICloud(failure, 'darwin'), true);
  assert.equal(isInICloud(failure, 'linux'), false);
  assert.equal(isInICloud(Object.assign(new Error('EACCES'), { errno: -13 }), 'darwin'), false);
});

test('rejects folders and pipes immediately', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'folder.png'));
  execFileSync('mkfifo', [join(root, 'pipe.png')]);
  const images = createImageFiles(root, MAX_BYTES);
  await assert.rejects(images.read('folder.png', never), { code: 'image_unreadable' });
  await assert.rejects(images.read('pipe.png', never), { code: 'image_unreadable' });
});

test('reports a file without read permission as unreadable', async (t) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, 'a.png'), 'x');
  chmodSync(join(root, 'a.png'), 0);
  await asOrdinaryUser(root, async () => {
    const read = createImageFiles(root, MAX_BYTES).read('a.png', never);
    await assert.rejects(read, { code: 'image_unreadable' });
  });
});

test('rejects a file over the limit with both sizes, but reads one at the limit', async (t) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, 'a.png'), Buffer.alloc(1001));
  writeFileSync(join(root, 'b.png'), Buffer.alloc(1000));
  const images = createImageFiles(root, 1000);
  await assert.rejects(images.read('a.png', never), {
    code: 'image_too_large',
    data: { path: 'a.png', bytes: 1001, maxBytes: 1000 },
  });
  assert.equal((await images.read('b.png', never)).length, 1000);
});

test('cancels a stopped read, before it starts and halfway', async (t) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, 'a.png'), Buffer.alloc(9_000_000));
  const images = createImageFiles(root, MAX_BYTES);
  await assert.rejects(images.read('a.png', AbortSignal.abort()), { code: 'cancelled' });
  const controller = new AbortController();
  const read = images.read('a.png', controller.signal);
  controller.abort();
  await assert.rejects(read, { code: 'cancelled' });
});
