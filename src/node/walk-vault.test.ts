import assert from 'node:assert/strict';
import { chmodSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asOrdinaryUser } from '../../test/as-ordinary-user.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { walkVault } from './walk-vault.ts';

test('lists notes and other files except hidden ones and node_modules', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    'b.md': '',
    'a/c.MARKDOWN': '',
    'a/Снимок экрана.png': '',
    'a/deep/er/d.md': '',
    md: '',
    'empty/': '',
    '.obsidian/plugins/x.md': '',
    '.hidden.md': '',
    'a/.trash/e.md': '',
    'a/node_modules/p/README.md': '',
  });
  assert.deepEqual(await walkVault(root), {
    files: ['a/c.MARKDOWN', 'a/deep/er/d.md', 'a/Снимок экрана.png', 'b.md', 'md'],
    notes: ['a/c.MARKDOWN', 'a/deep/er/d.md', 'b.md'],
    unreadable: [],
  });
});

test('recognizes the common Markdown extensions', async (t) => {
  const root = temporaryFolder(t);
  const notes = 'a.md b.markdown c.mdown d.mkd e.mkdn f.mdwn g.mdx h.qmd i.Rmd'.split(' ');
  const others = ['j.rst', 'k.txt', 'l.mdx.png', 'm.md.bak'];
  writeFiles(root, Object.fromEntries([...notes, ...others].map((name) => [name, ''])));
  assert.deepEqual((await walkVault(root)).notes, notes);
});

test('lists a file that is only in iCloud once, under its own name', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    'a/.b.png.icloud': '',
    'a/c.png': '',
    'a/.c.png.icloud': '',
    '.icloud': '',
    '.n.md.icloud': '',
  });
  const { files, notes } = await walkVault(root);
  assert.deepEqual([files, notes], [['a/b.png', 'a/c.png', 'n.md'], []]);
});

test('excludes notes by .gitignore, but no images', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    '.gitignore': '/private\ndrafts/*\n!drafts/keep.md\n*.png\n# comment\ntemp?.md\r\n',
    'a.md': '',
    'a.png': '',
    'temp1.md': '',
    'private/p.md': '',
    'private/deep/p.png': '',
    'sub/private/q.md': '',
    'drafts/d.md': '',
    'drafts/keep.md': '',
  });
  const { files, notes } = await walkVault(root);
  assert.deepEqual(notes, ['a.md', 'drafts/keep.md', 'sub/private/q.md']);
  assert.ok(files.includes('a.png') && files.includes('private/deep/p.png'));
});

test('lets a nearer .gitignore override a farther one, except inside an ignored folder', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    '.gitignore': 'x.md\nout/\n',
    'x.md': '',
    'in/.gitignore': '!x.md\n/y.md\n',
    'in/x.md': '',
    'in/y.md': '',
    'in/in/y.md': '',
    'out/.gitignore': '!*\n',
    'out/z.md': '',
  });
  assert.deepEqual((await walkVault(root)).notes, ['in/in/y.md', 'in/x.md']);
});

test('keeps everything that a nearer .gitignore re-includes', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, {
    '.gitignore': 'a/\n*.markdown\n',
    '[x] y*/.gitignore': '!a/\n/only.md\n',
    '[x] y*/only.md': '',
    '[x] y*/a/n.md': '',
    '[x] y*/a/n.markdown': '',
    '[x] y*/a/only.md': '',
    'x y/a/n.md': '',
  });
  assert.deepEqual((await walkVault(root)).notes, ['[x] y*/a/n.md', '[x] y*/a/only.md']);
});

test('applies .gitignore with the case sensitivity of the file system', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { '.gitignore': 'A.md', 'a.md': '', 'sub/.gitignore': 'B.md', 'sub/b.md': '' });
  const ignoresCase = existsSync(join(root, 'A.md'));
  assert.deepEqual((await walkVault(root)).notes, ignoresCase ? [] : ['a.md', 'sub/b.md']);
});

test('lists files behind a link, but no note twice', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'real/a.md': '', 'real/a.png': '', 'sub/b.md': '' });
  symlinkSync('../real', join(root, 'sub', 'link'));
  symlinkSync('../real/a.md', join(root, 'sub', 'c.md'));
  symlinkSync('nowhere', join(root, 'dangling.png'));
  assert.deepEqual(await walkVault(root), {
    files: ['real/a.md', 'real/a.png', 'sub/b.md', 'sub/c.md', 'sub/link/a.md', 'sub/link/a.png'],
    notes: ['real/a.md', 'sub/b.md'],
    unreadable: [],
  });
});

test('follows no links outside the vault and no cycles', async (t) => {
  const outside = temporaryFolder(t);
  const root = temporaryFolder(t);
  writeFiles(outside, { 'secret.md': '' });
  writeFiles(root, { 'a/a.png': '', 'b/b.png': '' });
  symlinkSync(outside, join(root, 'out'));
  symlinkSync('..', join(root, 'a', 'up'));
  symlinkSync('../b', join(root, 'a', 'b'));
  symlinkSync('../a', join(root, 'b', 'a'));
  const { files } = await walkVault(root);
  assert.deepEqual(files, ['a/a.png', 'a/b/b.png', 'b/a/a.png', 'b/b.png']);
});

test("reports a folder that can't be read", async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { 'a.md': '', 'closed/b.md': '' });
  chmodSync(join(root, 'closed'), 0);
  await asOrdinaryUser(root, async () => {
    assert.deepEqual(await walkVault(root), { files: ['a.md'], notes: ['a.md'], unreadable: ['closed/'] });
  });
  chmodSync(join(root, 'closed'), 0o755);
});
