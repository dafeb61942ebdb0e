import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shorten } from './shorten.ts';

test('a text that fits stays as it is', () => {
  assert.equal(shorten('just so', 7), 'just so');
});

test('a longer one is cut at the end of a word, without what stood behind it', () => {
  assert.equal(shorten('one two three', 9), 'one two…');
  assert.equal(shorten('one two three', 8), 'one two…');
  assert.equal(shorten('one, two three', 6), 'one…');
  assert.equal(shorten('one — two three', 8), 'one…');
});

test('a single long word is cut in its middle, never through a character', () => {
  assert.equal(shorten('abcdefgh', 5), 'abcd…');
  assert.equal(shorten('abc😀defgh', 5), 'abc…');
});

test('the result is never longer than the limit and begins as the text does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const short = shorten(text, limit);
      assert.ok(short.length <= limit);
      assert.ok(short === text || text.startsWith(short.slice(0, -1)));
    }),
  );
});
