import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { insertBelow } from './write-caption.ts';

/** Returns the note with two lines inserted below the image with this index. */
function below(note: string, index = 0): string | null {
  const embed = findImages(note)[index] ?? assert.fail();
  const edit = insertBelow(note, embed, ['one', 'two']);
  return edit && applyEdits(note, [edit]);
}

test('inserts lines as a block in the list or blockquote of the image', () => {
  assert.equal(below('![](a.png)'), '![](a.png)\n\none\ntwo');
  assert.equal(below('![](a.png)\n\nMore\n'), '![](a.png)\n\none\ntwo\n\nMore\n');
  assert.equal(below('- ![](a.png)\n- next\n'), '- ![](a.png)\n\n  one\n  two\n- next\n');
  assert.equal(below('> ![](a.png)\n'), '> ![](a.png)\n>\n> one\n> two\n');
  assert.equal(below('![](a.png)\r\n\r\nMore'), '![](a.png)\r\n\r\none\r\ntwo\r\n\r\nMore');
});

test('inserts lines below the caption when there is one', () => {
  assert.equal(below('![Lake](a.png)\n*Lake*\n\nMore'), '![Lake](a.png)\n*Lake*\n\none\ntwo\n\nMore');
});

test('returns null when the image is in a table', () => {
  assert.equal(below('| a |\n|---|\n| ![](a.png) |\n'), null);
});
