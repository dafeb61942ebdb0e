import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortHash } from './short-hash.ts';

test('returns FNV-1a in eight digits', () => {
  assert.equal(shortHash(''), '811c9dc5');
  assert.equal(shortHash('a'), 'e40c292c');
  assert.equal(shortHash('foobar'), 'bf9cf968');
});
