import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { removeAltText } from './remove-alt-text.ts';

const examples: readonly (readonly [name: string, note: string, removed: string])[] = [
  ['Markdown', '![A cat](a.png "title")', '![](a.png "title")'],
  ['Markdown with a size', '![A cat|300](a.png)', '![300](a.png)'],
  ['wiki', '![[a.png|A cat]]', '![[a.png]]'],
  ['wiki with a size', '![[a.png#x|A cat|300x200]]', '![[a.png#x|300x200]]'],
  ['wiki in a table', '| a |\n|---|\n| ![[a.png\\|A cat]] |', '| a |\n|---|\n| ![[a.png]] |'],
  [
    'wiki with a size in a table',
    '| a |\n|---|\n| ![[a.png\\|A cat\\|300]] |',
    '| a |\n|---|\n| ![[a.png\\|300]] |',
  ],
  ['a full reference', '![A cat][x]\n\n[x]: a.png', '![][x]\n\n[x]: a.png'],
  ['a collapsed reference', '![A cat][]\n\n[a cat]: a.png', '![][A cat]\n\n[a cat]: a.png'],
  ['a shortcut reference', '![A cat]\n\n[a cat]: a.png', '![][A cat]\n\n[a cat]: a.png'],
  ['HTML', '<img src="a.png" alt="A cat">', '<img src="a.png" alt="">'],
];

for (const [name, note, removed] of examples) {
  test(`removes the alt text of ${name}`, () => {
    const [embed] = findImages(note);
    assert.ok(embed);
    const edit = removeAltText(note, embed);
    assert.ok(edit);
    const after = applyEdits(note, [edit]);
    assert.equal(after, removed);
    const [found] = findImages(after);
    assert.deepEqual([found?.alt, found?.target, found?.size], ['', embed.target, embed.size]);
    assert.ok(found);
    if (embed.syntax !== 'html') assert.equal(removeAltText(after, found), null);
  });
}
