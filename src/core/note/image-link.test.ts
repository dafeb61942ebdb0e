import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageLink } from './image-link.ts';

test('writes a link in the syntax of its embed', () => {
  assert.equal(imageLink({ syntax: 'wiki', target: 'a b.png' }, 'image 1'), '[[a b.png|image 1]]');
  assert.equal(imageLink({ syntax: 'markdown', target: 'a%20b.png' }, 'image 1'), '[image 1](a%20b.png)');
  assert.equal(imageLink({ syntax: 'html', target: 'a b (1).png' }, 'image 1'), '[image 1](<a b (1).png>)');
  assert.equal(imageLink({ syntax: 'reference', target: 'a&amp;b.png' }, 'x'), '[x](a&amp;amp;b.png)');
});

test('returns null when the target is unsafe or a data URI', () => {
  for (const target of ['', 'a|b.png', 'a\nb.png', 'a<b>.png', '%%a.png', 'data:image/png;base64,AA==']) {
    assert.equal(imageLink({ syntax: 'markdown', target }, 'x'), null, target);
  }
  assert.equal(imageLink({ syntax: 'wiki', target: 'a]].png' }, 'x'), null);
});
