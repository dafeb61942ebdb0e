import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { findVaultRoot } from './find-vault-root.ts';

test('the vault is the nearest folder above with .obsidian', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'inner/.obsidian/': '', 'inner/a/n.md': '', 'b/n.md': '' });
  const inner = { root: join(root, 'inner'), kind: 'obsidian' };
  assert.deepEqual(await findVaultRoot(join(root, 'inner/a/n.md')), inner);
  assert.deepEqual(await findVaultRoot(join(root, 'inner')), inner);
  assert.deepEqual(await findVaultRoot(join(root, 'b')), { root, kind: 'obsidian' });
});

test('an Obsidian vault counts before a repository inside of it', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'repo/.git/': '', 'repo/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'repo/n.md')), { root, kind: 'obsidian' });
});

test('without .obsidian it is the nearest repository, a work tree too', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.git/': '', 'a/n.md': '', 'tree/.git': 'gitdir: elsewhere', 'tree/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'a/n.md')), { root, kind: 'git' });
  assert.deepEqual(await findVaultRoot(join(root, 'tree/n.md')), { root: join(root, 'tree'), kind: 'git' });
});

test('with neither it is the folder given, of a note its folder', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'a/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'a')), { root: join(root, 'a'), kind: 'folder' });
  assert.deepEqual(await findVaultRoot(join(root, 'a/n.md')), { root: join(root, 'a'), kind: 'folder' });
});

test('a relative path and a link lead to the real place', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'real/.obsidian/': '', 'real/n.md': '' });
  symlinkSync('real', join(root, 'link'));
  const real = { root: join(root, 'real'), kind: 'obsidian' };
  assert.deepEqual(await findVaultRoot(relative(process.cwd(), join(root, 'link/n.md'))), real);
});

test('a vault that is named is taken, whatever lies above', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'a/b/n.md': '' });
  const note = join(root, 'a/b/n.md');
  assert.deepEqual(await findVaultRoot(note, join(root, 'a')), { root: join(root, 'a'), kind: 'folder' });
  assert.deepEqual(await findVaultRoot(note, root), { root, kind: 'obsidian' });
});

test('what does not exist, and a vault that is no folder, is wrong use', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'n.md': '' });
  await assert.rejects(findVaultRoot(join(root, 'none')), { code: 'bad_usage' });
  await assert.rejects(findVaultRoot(root, join(root, 'none')), { code: 'bad_usage' });
  await assert.rejects(findVaultRoot(root, join(root, 'n.md')), { code: 'bad_usage' });
});
