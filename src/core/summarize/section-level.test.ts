import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { sectionEdit } from '../note/managed-section.ts';
import { mergeTags } from './merge-tags.ts';
import { sectionLevel } from './section-level.ts';

test('uses level 2, the level below the heading above, or that of an existing section', () => {
  const note = '# A\n\n## B\n\n### C\n\ntext\n';
  assert.equal(sectionLevel(note, 'top'), 2);
  assert.equal(sectionLevel(note, 'bottom'), 2);
  assert.equal(sectionLevel(note, note.indexOf('text')), 4);
  assert.equal(sectionLevel('text', 2), 2);
  const written = applyEdits(note, [sectionEdit(note, '#### Summary\n\nx', note.indexOf('text'))]);
  assert.equal(sectionLevel(written, 'top'), 4);
});

test('merges tags without regard to case and `#`', () => {
  assert.deepEqual(mergeTags(['Fox', '#ML'], ['fox', 'ml', 'deep learning', '2024', 'c++', 'Лиса', 'лиса']), [
    'Fox',
    '#ML',
    'deep-learning',
    'c',
    'Лиса',
  ]);
});
