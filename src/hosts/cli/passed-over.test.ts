import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passedOver } from './passed-over.ts';

const vault = (files: readonly string[], notes: readonly string[] = []) => ({ files, notes, unreadable: [] });

test('a folder without notes is said to have none, and what else it has', () => {
  const files = ['docs/a.rst', 'docs/b.rst', 'docs/c.txt', 'docs/LICENSE', 'other/d.txt'];
  assert.equal(
    passedOver(['docs'], ['./docs'], vault(files), []),
    'No Markdown notes in ./docs. Other files: .rst (2), .txt (1), no extension (1).',
  );
  assert.equal(passedOver(['empty'], ['empty'], vault(files), []), 'No Markdown notes in empty.');
  assert.equal(
    passedOver([''], ['.'], vault(['a.md', 'b.mdx']), []),
    'No Markdown notes in this folder. 2 notes are excluded by .gitignore or behind a symbolic link.',
  );
});

test('beside notes, only documents of other formats are worth a line', () => {
  const files = ['a.md', 'b.png', 'c.txt', 'x/d.rst', 'x/e.ipynb', 'x/f.ipynb'];
  assert.equal(
    passedOver([''], ['.'], vault(files, ['a.md']), ['a.md']),
    'Skipped 3 files that are not Markdown: .ipynb (2), .rst (1).',
  );
  assert.equal(passedOver([''], ['.'], vault(['a.md', 'b.png', 'c.txt'], ['a.md']), ['a.md']), null);
});

test('for a note that was named by itself nothing is said', () => {
  assert.equal(passedOver([], [], vault(['a.md', 'b.rst'], ['a.md']), ['a.md']), null);
});
