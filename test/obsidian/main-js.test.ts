import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test, type TestContext } from 'node:test';
import { buildRecognizerPack } from '../../scripts/build-recognizer-pack.mjs';
import { temporaryFolder } from '../temporary-folder.ts';

/**
 * The limit in bytes: Obsidian reads the file at every start, even on a phone. See
 * docs/decisions/0046-selection-and-other-notes.md for why it is not lower.
 */
const BUDGET = 708_000;

function build(t: TestContext): string {
  const folder = temporaryFolder(t);
  execFileSync(process.execPath, ['esbuild.config.mjs', '--obsidian', folder]);
  return folder;
}

test('builds three small files, reproducibly and without local paths', (t) => {
  const [first, second] = [build(t), build(t)];
  const names = readdirSync(first).sort();
  assert.deepEqual(names, ['main.js', 'manifest.json', 'styles.css']);
  for (const name of names) {
    assert.ok(readFileSync(join(first, name)).equals(readFileSync(join(second, name))), name);
  }
  const code = readFileSync(join(first, 'main.js'), 'utf8');
  assert.ok(!code.includes(process.cwd()));
  const bytes = Buffer.byteLength(code);
  t.diagnostic(`main.js: ${bytes} bytes`);
  assert.ok(bytes < BUDGET, `main.js has ${bytes} bytes`);
});

test('builds the recognizer pack for this main.js, reproducibly and without local paths', async (t) => {
  const [{ bytes, facts }, again] = [await buildRecognizerPack(), await buildRecognizerPack()];
  assert.ok(bytes.equals(again.bytes));
  assert.equal(facts.sha256, createHash('sha256').update(bytes).digest('hex'));
  assert.equal(facts.size, bytes.length);
  const code = readFileSync(join(build(t), 'main.js'), 'utf8');
  assert.ok(code.includes(`"${facts.sha256}"`));
  const header = bytes.subarray(0, bytes.indexOf('\n') + 1);
  const sizes = JSON.parse(header.toString()) as [name: string, size: number][];
  assert.equal(
    sizes.reduce((sum, [, size]) => sum + size, header.length),
    bytes.length,
  );
  assert.ok(!bytes.includes(process.cwd()));
  t.diagnostic(`the pack: ${bytes.length} bytes`);
  assert.ok(bytes.length < 18_000_000);
});
