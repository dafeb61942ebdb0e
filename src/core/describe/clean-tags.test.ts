import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanTags } from './clean-tags.ts';

test('returns at most eight distinct tags in lower case, without # and without sentences', () => {
  assert.deepEqual(cleanTags(['#Cat', 'cat', ' Ein  Haus ', '', '##', 'Ё', 'x'.repeat(41)]), [
    'cat',
    'ein haus',
    'ё',
  ]);
  assert.equal(cleanTags('abcdefghijkl'.split('')).length, 8);
});

test('removes placeholders and control tokens from tags', () => {
  assert.deepEqual(cleanTags(['string', 'None', 'N/A', 'kite<|im_end|>', 'screenshot']), [
    'kite',
    'screenshot',
  ]);
});
