import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { findVaultRoot } from './find-vault-root.ts';

test('finds the nearest parent folder with .obsidian', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'inner/.obsidian/': '', 'inner/a/n.md': '', 'b/n.md': '' });
  const inner = { root: join(root, 'inner'), kind: 'obsidian' };
  assert.deepEqual(await findVaultRoot(join(root, 'inner/a/n.md')), inner);
  assert.deepEqual(await findVaultRoot(join(root, 'inner')), inner);
  assert.deepEqual(await findVaultRoot(join(root, 'b')), { root, kind: 'obsidian' });
});

test('prefers an Obsidian vault to a repository inside it', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'repo/.git/': '', 'repo/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'repo/n.md')), { root, kind: 'obsidian' });
});

test('finds the nearest repository or work tree when there is no .obsidian', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.git/': '', 'a/n.md': '', 'tree/.git': 'gitdir: elsewhere', 'tree/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'a/n.md')), { root, kind: 'git' });
  assert.deepEqual(await findVaultRoot(join(root, 'tree/n.md')), { root: join(root, 'tree'), kind: 'git' });
});

test('falls back to the given folder, or to the folder of a note', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'a/n.md': '' });
  assert.deepEqual(await findVaultRoot(join(root, 'a')), { root: join(root, 'a'), kind: 'folder' });
  assert.deepEqual(await findVaultRoot(join(root, 'a/n.md')), { root: join(root, 'a'), kind: 'folder' });
});

test('resolves relative paths and links', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'real/.obsidian/': '', 'real/n.md': '' });
  symlinkSync('real', join(root, 'link'));
  const real = { root: join(root, 'real'), kind: 'obsidian' };
  assert.deepEqual(await findVaultRoot(relative(process.cwd(), join(root, 'link/n.md'))), real);
});

test('uses an explicit vault whatever its parent folders contain', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.obsidian/': '', 'a/b/n.md': '' });
  const note = join(root, 'a/b/n.md');
  assert.deepEqual(await findVaultRoot(note, join(root, 'a')), { root: join(root, 'a'), kind: 'folder' });
  assert.deepEqual(await findVaultRoot(note, root), { root, kind: 'obsidian' });
});

test('rejects a missing path and a vault that is not a folder', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'n.md': '' });
  await assert.rejects(findVaultRoot(join(root, 'none')), { code: 'bad_usage' });
  await assert.rejects(findVaultRoot(root, join(root, 'none')), { code: 'bad_usage' });
  await assert.rejects(findVaultRoot(root, join(root, 'n.md')), { code: 'bad_usage' });
});
