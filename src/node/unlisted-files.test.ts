import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { unlistedFiles } from './unlisted-files.ts';

test('finds files in hidden folders and node_modules, but no folders', (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    '.github/img/l.png': '',
    'docs/.a/b.png': '',
    'node_modules/p/logo.png': '',
    '.hidden.png': '',
    'a.png': '',
  });
  const has = unlistedFiles({ root, kind: 'git' });
  assert.ok(has);
  for (const path of ['.github/img/l.png', 'docs/.a/b.png', 'node_modules/p/logo.png', '.hidden.png']) {
    assert.equal(has(path), true, path);
  }
  for (const path of ['.github', '.github/img', '.github/none.png', '.github/img/l.png/x', '.a\0b/c.png']) {
    assert.equal(has(path), false, path);
  }
  // Already listed by the walk.
  assert.equal(has('a.png'), false);
});

test('finds nothing outside the vault, by path or by link', (t) => {
  const above = temporaryFolder(t);
  writeFiles(above, { 'vault/.in/': '', 'vault/.in/a.png': '', '.out/secret.png': '' });
  const root = join(above, 'vault');
  symlinkSync(join(above, '.out'), join(root, '.link'));
  symlinkSync(join(root, '.in'), join(root, '.inner'));
  const has = unlistedFiles({ root, kind: 'folder' });
  assert.ok(has);
  assert.equal(has('../.out/secret.png'), false);
  assert.equal(has('.link/secret.png'), false);
  assert.equal(has('.inner/a.png'), true);
});

test('finds nothing in an Obsidian vault', (t) => {
  assert.equal(unlistedFiles({ root: temporaryFolder(t), kind: 'obsidian' }), undefined);
});
