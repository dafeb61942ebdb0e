import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageAt } from './image-at.ts';

/** Returns the target of the image at the `#` in a text. */
const at = (marked: string): string | null =>
  imageAt(marked.replace('#', ''), marked.indexOf('#'))?.target ?? null;

test('returns the image when the cursor is in it or at its edge', () => {
  for (const marked of ['#![](a.png) ![](b.png)', '![](a#.png) ![](b.png)', '![](a.png)# ![](b.png)']) {
    assert.equal(at(marked), 'a.png', marked);
  }
});

test('returns the only image on the line when the cursor is outside it', () => {
  assert.equal(at('one\nwords # and ![[a.png]]\n![[b.png]]'), 'a.png');
  assert.equal(at('one\n#words and ![[a.png]]\n![[b.png]]'), 'a.png');
  assert.equal(at('![[a.png]] words#\n![[b.png]]'), 'a.png');
  assert.equal(at('![[a.png]] # words ![[b.png]]'), null, 'two');
  assert.equal(at('![[a.png]]\n#\n![[b.png]]'), null, 'on other lines');
});
