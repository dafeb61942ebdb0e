import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberRanges } from './number-ranges.ts';

test('joins runs of three or more numbers', () => {
  assert.equal(numberRanges([]), '');
  assert.equal(numberRanges([7]), '7');
  assert.equal(numberRanges([2, 1]), '1, 2');
  assert.equal(numberRanges([5, 3, 4, 1, 8, 8]), '1, 3\u2060–\u20605, 8');
});
