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

test('the byte order mark, the line endings and the missing last newline are part of the text', async (t) => {
  const text = '\u{FEFF}# Заметка\r\n\r\n![](a.png)\r\nend';
  const root = vaultWith(t, { 'a.md': text });
  const notes = createNoteFiles(root);
  assert.equal(await notes.read('a.md'), text);
  assert.equal(await notes.update('a.md', (current) => current.replace('![]', '![Кот]')), true);
  assert.deepEqual(readFileSync(join(root, 'a.md')), Buffer.from(text.replace('![]', '![Кот]')));
});

test('a note that is not UTF-8 is neither read nor written', async (t) => {
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

test('where nothing changes, nothing is written', async (t) => {
  const root = vaultWith(t, { 'a.md': 'same' });
  const before = statSync(join(root, 'a.md'));
  const notes = createNoteFiles(root);
  assert.equal(await notes.update('a.md', (current) => current), false);
  assert.equal(await notes.update('a.md', () => null), false);
  const after = statSync(join(root, 'a.md'));
  assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
});

test('a change starts anew from what somebody else wrote meanwhile', async (t) => {
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

test('a note that never stands still is given up, as the others left it', async (t) => {
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

test('a note that was deleted meanwhile is not made again', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const update = createNoteFiles(root).update('a.md', () => {
    rmSync(join(root, 'a.md'));
    return 'new';
  });
  await assert.rejects(update, { code: 'note_missing' });
  assert.deepEqual(readdirSync(root), []);
});

test('changes of one note asked for at once all count, however long they take', async (t) => {
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

test('a change that fails leaves the note alone, and the next one runs', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  const notes = createNoteFiles(root);
  const failed = notes.update('a.md', () => Promise.reject(new RangeError('ours')));
  const next = notes.update('a.md', (current) => `${current}!`);
  await assert.rejects(failed, RangeError);
  assert.equal(await next, true);
  assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), 'text!');
});

test('whoever has the note open goes on reading the old one, whole', async (t) => {
  const root = vaultWith(t, { 'a.md': 'old text' });
  const reader = openSync(join(root, 'a.md'), 'r');
  await createNoteFiles(root).update('a.md', () => 'new');
  assert.equal(readFileSync(reader, 'utf8'), 'old text');
  closeSync(reader);
});

test('the mode is kept', async (t) => {
  const root = vaultWith(t, { 'a.md': 'text' });
  chmodSync(join(root, 'a.md'), 0o664);
  await createNoteFiles(root).update('a.md', () => 'new');
  assert.equal(statSync(join(root, 'a.md')).mode & 0o7777, 0o664);
});

test('a note that is a link is written where it leads, and the link stays', async (t) => {
  const root = vaultWith(t, { 'real.md': 'text' });
  mkdirSync(join(root, 'sub'));
  symlinkSync('../real.md', join(root, 'sub', 'link.md'));
  await createNoteFiles(root).update('sub/link.md', () => 'new');
  assert.ok(lstatSync(join(root, 'sub', 'link.md')).isSymbolicLink());
  assert.equal(readFileSync(join(root, 'real.md'), 'utf8'), 'new');
  assert.deepEqual(readdirSync(join(root, 'sub')), ['link.md']);
});

test('nothing outside the vault is read or written', async (t) => {
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

test('what is no note file says so, without waiting on a pipe', async (t) => {
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

test('a read-only note or folder is refused, and nothing is left behind', async (t) => {
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

test('the first write into a folder removes what a kill left there long ago', async (t) => {
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
