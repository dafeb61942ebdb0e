import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanTags } from './clean-tags.ts';

test('tags are lower-case, without #, each once, at most eight, none of them a sentence', () => {
  assert.deepEqual(cleanTags(['#Cat', 'cat', ' Ein  Haus ', '', '##', 'Ё', 'x'.repeat(41)]), [
    'cat',
    'ein haus',
    'ё',
  ]);
  assert.equal(cleanTags('abcdefghijkl'.split('')).length, 8);
});

test('leaves placeholders and control tokens out of tags', () => {
  assert.deepEqual(cleanTags(['string', 'None', 'N/A', 'kite<|im_end|>', 'screenshot']), [
    'kite',
    'screenshot',
  ]);
});
