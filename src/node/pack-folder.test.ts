import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fingerprint } from '../core/image/fingerprint.ts';
import type { PackFacts } from '../recognizers/pack.ts';
import { createPackFolder } from './pack-folder.ts';

const PACK = new Uint8Array(Buffer.from('[["a.cjs",5],["b.bin",3]]\nfirstxyz'));
const facts = async (): Promise<PackFacts> => ({ size: PACK.length, sha256: await fingerprint(PACK) });

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'notesight-pack-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('unpacks a pack and removes other versions', async (t) => {
  const parent = await emptyFolder(t);
  await mkdir(join(parent, '0123456789abcdef'));
  const pack = createPackFolder(parent, await facts());
  assert.equal(pack.isInstalled(), false);
  await pack.install(PACK);
  assert.equal(pack.isInstalled(), true);
  assert.equal(await readFile(join(pack.path, 'a.cjs'), 'utf8'), 'first');
  assert.equal(await readFile(join(pack.path, 'b.bin'), 'utf8'), 'xyz');
  assert.equal((await readdir(parent)).length, 1);
});

test('unpacks a pack that is part of a larger buffer', async (t) => {
  const pack = createPackFolder(await emptyFolder(t), await facts());
  const larger = new Uint8Array(PACK.length + 9);
  larger.set(PACK, 4);
  await pack.install(larger.subarray(4, 4 + PACK.length));
  assert.equal(await readFile(join(pack.path, 'a.cjs'), 'utf8'), 'first');
});

test('writes nothing if the pack is a different one', async (t) => {
  const parent = await emptyFolder(t);
  const pack = createPackFolder(parent, await facts());
  const changed = PACK.slice();
  changed[changed.length - 1] = 0;
  await assert.rejects(pack.install(changed), { code: 'pack_unusable' });
  await assert.rejects(pack.install(PACK.slice(1)), { code: 'pack_unusable' });
  assert.deepEqual(await readdir(parent), []);
});

test('reports that the pack can not be written', async (t) => {
  const parent = join(await emptyFolder(t), 'file');
  await writeFile(parent, '');
  await assert.rejects(createPackFolder(parent, await facts()).install(PACK), { code: 'pack_failed' });
});

test('removes the pack', async (t) => {
  const pack = createPackFolder(join(await emptyFolder(t), 'packs'), await facts());
  await pack.install(PACK);
  await pack.remove();
  assert.equal(pack.isInstalled(), false);
});
