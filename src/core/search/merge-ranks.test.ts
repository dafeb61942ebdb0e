import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRanks } from './merge-ranks.ts';

const list = (words: string) => Array.from(words, (name, at) => ({ name, score: 100 - at, of: words }));
const merged = (...lists: string[]) =>
  mergeRanks(lists.map(list), ({ name }) => name)
    .map(({ name }) => name)
    .join('');

test('ranks by position, not score, so that two good positions beat one best position', () => {
  assert.equal(merged('abc', 'dbe'), 'badce');
  assert.equal(merged('abc', ''), 'abc');
  assert.equal(merged('', 'abc'), 'abc');
  assert.equal(merged(), '');
});

test('keeps each item once, from the earlier list, with a score based on its position', () => {
  const both = mergeRanks([list('ab'), list('bc')], ({ name }) => name);
  assert.deepEqual(
    both.map(({ name, of }) => [name, of]),
    [
      ['b', 'ab'],
      ['a', 'ab'],
      ['c', 'bc'],
    ],
  );
  assert.deepEqual(
    both.map(({ score }) => score),
    [1 / 62 + 1 / 61, 1 / 61, 1 / 62],
  );
});
