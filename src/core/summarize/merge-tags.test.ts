import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeTags } from './merge-tags.ts';

test('new tags stand behind those of a person, each once whatever its case, in the form of a tag', () => {
  assert.deepEqual(
    mergeTags(
      ['Learning', '#ml'],
      ['learning', 'ML', 'gradient descent', '2024', 'C++', '#a/b', '', 'обучение'],
    ),
    ['Learning', '#ml', 'gradient-descent', 'C', 'a/b', 'обучение'],
  );
  assert.deepEqual(mergeTags([], []), []);
});
