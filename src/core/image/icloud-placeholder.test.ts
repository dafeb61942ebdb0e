import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileOfPlaceholder, placeholderOf } from './icloud-placeholder.ts';

test('maps a file to its iCloud placeholder and back', () => {
  assert.equal(placeholderOf('a/b c.png'), 'a/.b c.png.icloud');
  assert.equal(placeholderOf('b.png'), '.b.png.icloud');
  assert.equal(fileOfPlaceholder('.b c.png.icloud'), 'b c.png');
  for (const name of ['b.png', '.b.png', 'b.png.icloud', '.icloud', '..icloud']) {
    assert.equal(fileOfPlaceholder(name), null, name);
  }
});
