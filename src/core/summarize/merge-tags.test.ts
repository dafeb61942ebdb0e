import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeTags } from './merge-tags.ts';

test('adds new tags after existing ones, in valid form and without duplicates in any case', () => {
  assert.deepEqual(
    mergeTags(
      ['Learning', '#ml'],
      ['learning', 'ML', 'gradient descent', '2024', 'C++', '#a/b', '', 'обучение'],
    ),
    ['Learning', '#ml', 'gradient-descent', 'C', 'a/b', 'обучение'],
  );
  assert.deepEqual(mergeTags([], []), []);
});
