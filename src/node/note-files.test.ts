import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { asOrdinaryUser } from '../../test/as-ordinary-user.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { createNoteFiles } from './note-files.ts';

function vaultWith(t: TestContext, notes: Record<string, string | Uint8Array>): string {
  const root = temporaryFolder(t);
  for (const [name, content] of Object.entries(notes)) writeFileSync(join(root, name), content);
  return root;
}

test('keeps the byte order mark, the line endings and the missing last newline', async (t) => {
  const text = '\u{FEFF}# Заметка\r\n\r\n![](a.png)\r\nend';
  const root = vaultWith(t, { 'a.md': text });
  const notes = createNoteFiles(root);
  assert.equal(await notes.read('a.md'), text);
  assert.equal(await notes.update('a.md', (current) => current.replace('![]', '![Кот]')), true);
  assert.deepEqual(readFileSync(join(root, 'a.md')), Buffer.from(text.replace('![]', '![Кот]')));
});

test('neither reads nor writes a note that is not UTF-8', async (t) => {
  const bytes = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const root = vaultWith(t, { 'cp1251.md': bytes });
  const notes = createNoteFiles(root);
  await assert.rejects(notes.read('cp1251.md'), { code: 'note_unreadable', message: /not UTF-8/ });
  await assert.rejects(
    notes.update('cp1251.md', () => 'x'),
    { code: 'note_unreadable' },
  );
  assert.deepEqual(readFileSync(join(root, 'cp1251.md')), bytes);
});

test('writes nothing when nothing changes', async (t) => {
  const root = vaultWith(t, { 'a.md': 'same' });
  const before = statSync(join(root, 'a.md'));
  const notes = createNoteFiles(root);
  assert.equal(await notes.update('a.md', (current) => current), false);
  assert.equal(await notes.update('a.md', () => null), false);
  const after = statSync(join(root, 'a.md'));
  assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
});

test('restarts a change when another program changed the note', async (t) => {
  const root = vaultWith(t, { 'a.md': 'mine' });
  const seen: string[] = [];
  await createNoteFiles(root).update('a.md', (current) => {
    seen.push(current);
    if (seen.length === 1) writeFileSync(join(root, 'a.md'), 'THEIRS');
    return `${current}!`;
  });
  assert.deepEqual(seen, ['mine', 'THEIRS']);
  assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), 'THEIRS!');
  assert.deepEqual(readdirSync(root), ['a.md']);
});

test('gives up on a note that keeps changing and leaves it unchanged', async (t) => {
  const root = vaultWith(t, { 'a.md': '0' });
  let runs = 0;
  const update = createNoteFiles(root).update('a.md', (current) => {
    writeFileSync(join(root, 'a.md'), String(++runs));
    return `${current}!`;
  });
  await assert.rejects(update, { code: 'note_unwritable' });
  assert.equal(runs, 5);
  assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), '5');
  assert.deepEqual(readdirSync(root), ['a.md']);
});

test('does not recreate a note that was deleted', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const update = createNoteFiles(root).update('a.md', () => {
    rmSync(join(root, 'a.md'));
    return 'new';
  });
  await assert.rejects(update, { code: 'note_missing' });
  assert.deepEqual(readdirSync(root), []);
});

test('applies all concurrent changes of one note', async (t) => {
  const root = vaultWith(t, { 'a.md': '' });
  const notes = createNoteFiles(root);
  const letters = 'abcdefghijkl'.split('');
  await Promise.all(
    letters.map((letter, i) =>
      notes.update('a.md', async (current) => {
        for (let turns = i % 3; turns > 0; turns--) await new Promise(setImmediate);
        return current + letter;
      }),
    ),
  );
  assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), letters.join(''));
});

test('leaves the note unchanged when a change fails, and runs the next change', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const notes = createNoteFiles(root);
  const failed = notes.update('a.md', () => Promise.reject(new RangeError('ours')));
  const next = notes.update('a.md', (current) => `${current}!`);
  await assert.rejects(failed, RangeError);
  assert.equal(await next, true);
  assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), 'text!');
});

test('keeps the old content for a reader that has the note open', async (t) => {
  const root = vaultWith(t, { 'a.md': 'old text' });
  const reader = openSync(join(root, 'a.md'), 'r');
  await createNoteFiles(root).update('a.md', () => 'new');
  assert.equal(readFileSync(reader, 'utf8'), 'old text');
  closeSync(reader);
});

test('keeps the mode', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  chmodSync(join(root, 'a.md'), 0o664);
  await createNoteFiles(root).update('a.md', () => 'new');
  assert.equal(statSync(join(root, 'a.md')).mode & 0o7777, 0o664);
});

test('writes the target of a link and keeps the link', async (t) => {
  const root = vaultWith(t, { 'real.md': 'text' });
  mkdirSync(join(root, 'sub'));
  symlinkSync('../real.md', join(root, 'sub', 'link.md'));
  await createNoteFiles(root).update('sub/link.md', () => 'new');
  assert.ok(lstatSync(join(root, 'sub', 'link.md')).isSymbolicLink());
  assert.equal(readFileSync(join(root, 'real.md'), 'utf8'), 'new');
  assert.deepEqual(readdirSync(join(root, 'sub')), ['link.md']);
});

test('reads and writes nothing outside the vault', async (t) => {
  const outside = vaultWith(t, { 'secret.md': 'secret' });
  const root = vaultWith(t, {});
  symlinkSync(join(outside, 'secret.md'), join(root, 'link.md'));
  symlinkSync(outside, join(root, 'folder'));
  const notes = createNoteFiles(root);
  const ways = ['link.md', 'folder/secret.md', `../${outside.slice(1 + outside.lastIndexOf('/'))}/secret.md`];
  for (const way of [...ways, join(outside, 'secret.md')]) {
    await assert.rejects(notes.read(way), { code: 'note_unreadable', message: /outside the vault/ }, way);
    await assert.rejects(
      notes.update(way, () => 'x'),
      { code: 'note_unreadable' },
      way,
    );
  }
  assert.equal(readFileSync(join(outside, 'secret.md'), 'utf8'), 'secret');
});

test('rejects anything that is not a note file without blocking on a pipe', async (t) => {
  const root = vaultWith(t, {});
  mkdirSync(join(root, 'folder.md'));
  execFileSync('mkfifo', [join(root, 'pipe.md')]);
  const notes = createNoteFiles(root);
  await assert.rejects(notes.read('folder.md'), { code: 'note_unreadable' });
  await assert.rejects(notes.read('pipe.md'), { code: 'note_unreadable' });
  for (const missing of ['none.md', 'none/a.md', 'nul\0.md', `${'x'.repeat(300)}.md`]) {
    await assert.rejects(notes.read(missing), { code: 'note_missing' });
  }
});

test('rejects a read-only note or folder and leaves no files behind', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  await asOrdinaryUser(root, async () => {
    chmodSync(root, 0o755);
    writeFileSync(join(root, 'b.md'), 'text');
    chmodSync(join(root, 'b.md'), 0o444);
    await assert.rejects(
      createNoteFiles(root).update('b.md', () => 'new'),
      { code: 'note_unwritable' },
    );
    chmodSync(join(root, 'b.md'), 0o644);
    chmodSync(root, 0o555);
    await assert.rejects(
      createNoteFiles(root).update('b.md', () => 'new'),
      { code: 'note_unwritable' },
    );
    chmodSync(root, 0o755);
    chmodSync(join(root, 'b.md'), 0o200);
    await assert.rejects(createNoteFiles(root).read('b.md'), { code: 'note_unreadable' });
    chmodSync(join(root, 'b.md'), 0o644);
    assert.equal(await createNoteFiles(root).read('b.md'), 'text');
  });
  assert.deepEqual(readdirSync(root).sort(), ['a.md', 'b.md']);
});

test('removes old temporary files on the first write into a folder', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const stale = join(root, '.notesight-0123456789abcdef.tmp');
  const fresh = join(root, '.notesight-fedcba9876543210.tmp');
  writeFileSync(stale, '');
  writeFileSync(fresh, '');
  utimesSync(stale, 0, Date.now() / 1000 - 600);
  await createNoteFiles(root).update('a.md', () => 'new');
  assert.deepEqual([existsSync(stale), existsSync(fresh)], [false, true]);
});

test('removes a note only while it holds the given text', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const path = join(root, 'a.md');
  const notes = createNoteFiles(root);
  assert.equal(await notes.remove('a.md', 'other'), false);
  assert.equal(readFileSync(path, 'utf8'), 'text');
  assert.equal(await notes.remove('a.md', 'text'), true);
  assert.equal(existsSync(path), false);
  await assert.rejects(notes.remove('a.md', 'text'), { code: 'note_missing' });
});
