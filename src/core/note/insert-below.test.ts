import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { insertBelow } from './write-caption.ts';

/** The note with two lines under its image number `index`. */
function below(note: string, index = 0): string | null {
  const embed = findImages(note)[index] ?? assert.fail();
  const edit = insertBelow(note, embed, ['one', 'two']);
  return edit && applyEdits(note, [edit]);
}

test('lines go under the image as a block of their own, inside the list or quote that it stands in', () => {
  assert.equal(below('![](a.png)'), '![](a.png)\n\none\ntwo');
  assert.equal(below('![](a.png)\n\nMore\n'), '![](a.png)\n\none\ntwo\n\nMore\n');
  assert.equal(below('- ![](a.png)\n- next\n'), '- ![](a.png)\n\n  one\n  two\n- next\n');
  assert.equal(below('> ![](a.png)\n'), '> ![](a.png)\n>\n> one\n> two\n');
  assert.equal(below('![](a.png)\r\n\r\nMore'), '![](a.png)\r\n\r\none\r\ntwo\r\n\r\nMore');
});

test('and under its caption', () => {
  assert.equal(below('![Lake](a.png)\n*Lake*\n\nMore'), '![Lake](a.png)\n*Lake*\n\none\ntwo\n\nMore');
});

test('in a table there is no place', () => {
  assert.equal(below('| a |\n|---|\n| ![](a.png) |\n'), null);
});
