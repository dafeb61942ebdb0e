import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageAt } from './image-at.ts';

/** The target of the image at the `#` of a text. */
const at = (marked: string): string | null =>
  imageAt(marked.replace('#', ''), marked.indexOf('#'))?.target ?? null;

test('the image that the cursor is in or at the edge of', () => {
  for (const marked of ['#![](a.png) ![](b.png)', '![](a#.png) ![](b.png)', '![](a.png)# ![](b.png)']) {
    assert.equal(at(marked), 'a.png', marked);
  }
});

test('else the only one on its line', () => {
  assert.equal(at('one\nwords # and ![[a.png]]\n![[b.png]]'), 'a.png');
  assert.equal(at('one\n#words and ![[a.png]]\n![[b.png]]'), 'a.png');
  assert.equal(at('![[a.png]] words#\n![[b.png]]'), 'a.png');
  assert.equal(at('![[a.png]] # words ![[b.png]]'), null, 'two');
  assert.equal(at('![[a.png]]\n#\n![[b.png]]'), null, 'on other lines');
});
