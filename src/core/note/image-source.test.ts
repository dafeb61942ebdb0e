import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageSource } from './image-source.ts';

test('returns the path of a file, or the URL when remote images are allowed', () => {
  assert.equal(imageSource({ kind: 'file', path: 'a.png' }, false), 'a.png');
  assert.equal(imageSource({ kind: 'remote', url: 'HTTP://a.org/b.png' }, true), 'HTTP://a.org/b.png');
  assert.equal(imageSource({ kind: 'remote', url: 'https://a.org/b.png' }, false), null);
  assert.equal(imageSource({ kind: 'remote', url: '//a.org/b.png' }, true), 'https://a.org/b.png');
  for (const url of ['ftp://a.org/b.png', 'chrome://x', 'javascript:1']) {
    assert.equal(imageSource({ kind: 'remote', url }, true), null);
  }
  const data = {
    kind: 'data',
    url: 'data:image/png,x',
    source: 'a.md#data:image/png, 1 B, 00000000',
  } as const;
  assert.equal(imageSource(data, false), data.source);
  assert.equal(imageSource({ kind: 'missing' }, true), null);
  assert.equal(imageSource({ kind: 'outside' }, true), null);
});
