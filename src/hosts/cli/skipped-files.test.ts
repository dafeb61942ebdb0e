import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skippedFiles } from './skipped-files.ts';

const vault = (files: readonly string[], notes: readonly string[] = []) => ({ files, notes, unreadable: [] });

test('reports a folder without notes and its other files', () => {
  const files = ['docs/a.rst', 'docs/b.rst', 'docs/c.txt', 'docs/LICENSE', 'other/d.txt'];
  assert.equal(
    skippedFiles(['docs'], ['./docs'], vault(files), []),
    'No Markdown notes in ./docs. Other files: .rst (2), .txt (1), no extension (1).',
  );
  assert.equal(skippedFiles(['empty'], ['empty'], vault(files), []), 'No Markdown notes in empty.');
  assert.equal(
    skippedFiles([''], ['.'], vault(['a.md', 'b.mdx']), []),
    'No Markdown notes in this folder. 2 notes are excluded by .gitignore or behind a symbolic link.',
  );
});

test('reports only documents of other formats when there are notes', () => {
  const files = ['a.md', 'b.png', 'c.txt', 'x/d.rst', 'x/e.ipynb', 'x/f.ipynb'];
  assert.equal(
    skippedFiles([''], ['.'], vault(files, ['a.md']), ['a.md']),
    'Skipped 3 files that are not Markdown: .ipynb (2), .rst (1).',
  );
  assert.equal(skippedFiles([''], ['.'], vault(['a.md', 'b.png', 'c.txt'], ['a.md']), ['a.md']), null);
});

test('reports nothing for a note named explicitly', () => {
  assert.equal(skippedFiles([], [], vault(['a.md', 'b.rst'], ['a.md']), ['a.md']), null);
});
