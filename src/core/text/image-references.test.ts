import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findReferences } from './image-references.ts';

const CASES: readonly (readonly [string, readonly (readonly [string, readonly number[]])[]])[] = [
  [
    'The chart [2] and [ 1 ].',
    [
      ['[2]', [2]],
      ['[ 1 ]', [1]],
    ],
  ],
  [
    'Both [1, 3] or [1;2] or [2, 2]',
    [
      ['[1, 3]', [1, 3]],
      ['[1;2]', [1, 2]],
      ['[2, 2]', [2]],
    ],
  ],
  [
    'Ranges [2-4], [3–4]',
    [
      ['[2-4]', [2, 3, 4]],
      ['[3–4]', [3, 4]],
    ],
  ],
  ['None: [0], [5], [1, 9], [4-2], [x], [], [1', []],
  ['[1]: a lake', [['[1]', [1]]]],
  ['Links [1](a.md), [1][2], ![1], \\[1]', []],
  ['[[2]]', [['[2]', [2]]]],
];

test('finds existing images by numbers in brackets, lists and ranges', () => {
  for (const [text, expected] of CASES) {
    const found = findReferences(text, 4).map(({ from, to, images }) => [text.slice(from, to), images]);
    assert.deepEqual(found, expected, text);
  }
});

test('reads a hostile answer in linear time', () => {
  const open = '['.repeat(100_000);
  assert.deepEqual(
    findReferences(`${open}${'[1,'.repeat(50_000)}${'['.repeat(100)}${'1'.repeat(100_000)}]`, 4),
    [],
  );
  assert.deepEqual(findReferences('[1-9999]', 10_000), []);
});
