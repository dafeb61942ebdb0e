import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shorten } from './shorten.ts';

test('keeps a text that fits', () => {
  assert.equal(shorten('just so', 7), 'just so');
});

test('cuts a longer text at the end of a word', () => {
  assert.equal(shorten('one two three', 9), 'one two…');
  assert.equal(shorten('one two three', 8), 'one two…');
  assert.equal(shorten('one, two three', 6), 'one…');
  assert.equal(shorten('one — two three', 8), 'one…');
});

test('cuts a single long word between characters', () => {
  assert.equal(shorten('abcdefgh', 5), 'abcd…');
  assert.equal(shorten('abc😀defgh', 5), 'abc…');
});

test('returns a prefix of the text within the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const short = shorten(text, limit);
      assert.ok(short.length <= limit);
      assert.ok(short === text || text.startsWith(short.slice(0, -1)));
    }),
  );
});
