import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asOrdinaryUser } from '../../test/as-ordinary-user.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { createLineFile } from './line-file.ts';

test('returns the appended lines and creates missing folders', async (t) => {
  const path = join(temporaryFolder(t), 'a', 'b', 'log.jsonl');
  const file = createLineFile(path);
  assert.deepEqual(await file.read(), []);
  await file.append('one');
  await file.append('два 😀');
  assert.deepEqual(await file.read(), ['one', 'два 😀']);
  assert.equal(readFileSync(path, 'utf8'), 'one\nдва 😀\n');
});

test('drops a truncated last line and keeps the next one intact', async (t) => {
  const path = join(temporaryFolder(t), 'log.jsonl');
  writeFileSync(path, 'one\n{"tor');
  const file = createLineFile(path);
  assert.deepEqual(await file.read(), ['one']);
  await file.append('two');
  assert.deepEqual(await file.read(), ['one', '{"tor', 'two']);
});

test('limits invalid UTF-8 to its own line', async (t) => {
  const path = join(temporaryFolder(t), 'log.jsonl');
  writeFileSync(
    path,
    Buffer.concat([Buffer.from('one\n'), Buffer.from([0xff, 0xfe]), Buffer.from('\ntwo\n')]),
  );
  assert.deepEqual(await createLineFile(path).read(), ['one', '\u{FFFD}\u{FFFD}', 'two']);
});

test('keeps the mode and concurrent appends when rewriting', async (t) => {
  const path = join(temporaryFolder(t), 'log.jsonl');
  writeFileSync(path, 'one\ntwo\nthree\ntorn');
  chmodSync(path, 0o640);
  const file = createLineFile(path);
  await file.rewrite((lines) => {
    assert.deepEqual(lines, ['one', 'two', 'three']);
    appendFileSync(path, '\nlate\nhalf of anoth');
    return ['three'];
  });
  assert.deepEqual(await file.read(), ['three', 'torn', 'late']);
  assert.equal(statSync(path).mode & 0o777, 0o640);
});

test('restarts a rewrite when another process replaced the file', async (t) => {
  const path = join(temporaryFolder(t), 'log.jsonl');
  const file = createLineFile(path);
  await file.append('one');
  const seen: string[][] = [];
  await file.rewrite((lines) => {
    seen.push(lines);
    if (seen.length === 1) replaceBySomebodyElse(path, 'theirs\n');
    return lines.map((line) => `kept ${line}`);
  });
  assert.deepEqual(seen, [['one'], ['theirs']]);
  assert.deepEqual(await file.read(), ['kept theirs']);
});

test('does nothing when rewriting a missing file', async (t) => {
  const folder = temporaryFolder(t);
  await createLineFile(join(folder, 'log.jsonl')).rewrite(() => ['new']);
  assert.deepEqual(readdirSync(folder), []);
});

test('keeps a log that is a symbolic link', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'link.jsonl');
  writeFileSync(join(folder, 'real.jsonl'), 'one\ntwo\n');
  symlinkSync('real.jsonl', path);
  await createLineFile(path).rewrite((lines) => lines.slice(1));
  assert.ok(lstatSync(path).isSymbolicLink());
  assert.equal(readFileSync(join(folder, 'real.jsonl'), 'utf8'), 'two\n');
});

test('removes only old temporary files when rewriting', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'log.jsonl');
  writeFileSync(path, 'one\n');
  const old = new Date(Date.now() - 10 * 60_000);
  for (const name of ['.notesight-0123456789abcdef.tmp', '.notesight-other.tmp', 'notes.tmp']) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), old, old);
  }
  writeFileSync(join(folder, '.notesight-fedcba9876543210.tmp'), 'another process is writing this');
  await createLineFile(path).rewrite((lines) => lines);
  assert.deepEqual(readdirSync(folder).sort(), [
    '.notesight-fedcba9876543210.tmp',
    '.notesight-other.tmp',
    'log.jsonl',
    'notes.tmp',
  ]);
});

test('reports a file that can be neither read nor written', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a-folder'));
  writeFileSync(join(folder, 'a-file'), '');
  await assert.rejects(createLineFile(join(folder, 'a-folder')).read(), { code: 'memory_unreadable' });
  await assert.rejects(createLineFile(join(folder, 'a-folder')).append('x'), { code: 'memory_unwritable' });
  await assert.rejects(createLineFile(join(folder, 'a-file', 'log')).append('x'), {
    code: 'memory_unwritable',
  });
});

test('reports a full disk with the file that was being written', async (t) => {
  const path = join(temporaryFolder(t), 'log.jsonl');
  symlinkSync('/dev/full', path);
  const file = createLineFile(path);
  assert.deepEqual(await file.read(), []);
  await assert.rejects(file.append('one'), { code: 'disk_full', data: { path, why: 'ENOSPC' } });
});

test('leaves the file unchanged when the folder is read-only', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'log.jsonl');
  writeFileSync(path, 'one\n');
  chmodSync(path, 0o444);
  await asOrdinaryUser(folder, async () => {
    chmodSync(folder, 0o555);
    const file = createLineFile(path);
    await assert.rejects(
      file.rewrite(() => []),
      { code: 'memory_unwritable' },
    );
    await assert.rejects(file.append('two'), { code: 'memory_unwritable' });
    assert.deepEqual(await file.read(), ['one']);
    chmodSync(folder, 0o755);
  });
});

function replaceBySomebodyElse(path: string, text: string): void {
  const other = `${path}.other`;
  writeFileSync(other, text);
  renameSync(other, path);
}
