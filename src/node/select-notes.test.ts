import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { selectNotes } from './select-notes.ts';
import { walkVault } from './walk-vault.ts';

test('selects the notes of folders, each once', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'a/1.md': '', 'a/b/2.md': '', 'ab/3.md': '', '4.md': '', 'a/5.png': '' });
  const walked = await walkVault(root);
  const select = (...paths: string[]) =>
    selectNotes(
      root,
      walked,
      paths.map((path) => join(root, path)),
    );
  assert.deepEqual(await select('a'), ['a/1.md', 'a/b/2.md']);
  assert.deepEqual(await select('4.md', 'a/b/2.md', 'a/b', 'a/b/2.md'), ['4.md', 'a/b/2.md']);
  assert.deepEqual(await select('.'), ['4.md', 'a/1.md', 'a/b/2.md', 'ab/3.md']);
  const here = relative(process.cwd(), join(root, 'ab'));
  assert.deepEqual(await selectNotes(root, walked, [here]), ['ab/3.md']);
});

test('selects a note named explicitly when .gitignore excludes it', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.gitignore': 'private', 'private/p.md': '' });
  const walked = await walkVault(root);
  assert.deepEqual(await selectNotes(root, walked, [join(root, 'private/p.md')]), ['private/p.md']);
  assert.deepEqual(await selectNotes(root, walked, [join(root, 'private')]), []);
});

test('selects the target of a link', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'real/a.md': '' });
  symlinkSync('real', join(root, 'folder'));
  symlinkSync('real/a.md', join(root, 'b.md'));
  const paths = ['folder', 'b.md', 'real'].map((path) => join(root, path));
  assert.deepEqual(await selectNotes(root, await walkVault(root), paths), ['real/a.md']);
});

test('rejects a path that is missing, not a note or outside the vault', async (t) => {
  const outside = temporaryFolder(t);
  const root = temporaryFolder(t);
  writeFiles(outside, { 'o.md': '' });
  writeFiles(root, { 'a.png': '' });
  symlinkSync(join(outside, 'o.md'), join(root, 'link.md'));
  const walked = await walkVault(root);
  for (const path of [
    join(root, 'none.md'),
    join(root, 'a.png'),
    join(outside, 'o.md'),
    join(root, 'link.md'),
  ]) {
    await assert.rejects(selectNotes(root, walked, [path]), { code: 'bad_usage' }, path);
  }
});
