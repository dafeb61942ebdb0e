import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileOfPlaceholder, placeholderOf } from './icloud-placeholder.ts';

test('knows the stand-in for a file, and the file of a stand-in', () => {
  assert.equal(placeholderOf('a/b c.png'), 'a/.b c.png.icloud');
  assert.equal(placeholderOf('b.png'), '.b.png.icloud');
  assert.equal(fileOfPlaceholder('.b c.png.icloud'), 'b c.png');
  for (const name of ['b.png', '.b.png', 'b.png.icloud', '.icloud', '..icloud']) {
    assert.equal(fileOfPlaceholder(name), null, name);
  }
});
