import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { markDecorative } from './mark-decorative.ts';
import { needsAltText } from './needs-alt-text.ts';

/** Returns the note with the n-th image marked as decorative, or null if that is not possible. */
function marked(note: string, index = 0, url: string | null = null): string | null {
  const embed = findImages(note)[index];
  assert.ok(embed, note);
  const edit = markDecorative(note, embed, url);
  if (edit === null) return null;
  const after = applyEdits(note, [edit]);
  const images = findImages(after);
  assert.equal(images.length, findImages(note).length, after);
  const [image] = images.slice(index);
  assert.ok(image && needsAltText(image) === null, `${after} needs no words any more`);
  return after;
}

test('empties the alt text of an HTML image', () => {
  assert.equal(marked('<img src="a.png">'), '<img alt="" src="a.png">');
  assert.equal(marked('x <img src="a.png" alt="divider.png"> y'), 'x <img src="a.png" alt=""> y');
  assert.equal(marked('<img src="a.png" alt="">'), null, 'said already');
});

test('converts a Markdown image to a tag with size and title', () => {
  const cases = [
    ['a ![line](a.png) b', 'a <img src="a.png" alt=""> b'],
    ['![](<a b.png> "The title")', '<img src="a%20b.png" alt="" title="The title">'],
    ['![x|300](a%20b.png)', '<img src="a%20b.png" alt="" width="300">'],
    ['![|30x20](a.png)', '<img src="a.png" alt="" width="30" height="20">'],
    ['![a][r]\n\n[r]: a.png', '<img src="a.png" alt="">\n\n[r]: a.png'],
    ['> ![](a.png)', '> <img src="a.png" alt="">'],
    ['| a | b |\n|---|---|\n| ![](a.png) | x |', '| a | b |\n|---|---|\n| <img src="a.png" alt=""> | x |'],
    ['![](a"b.png)', '<img src="a&#34;b.png" alt="">'],
  ] as const;
  for (const [before, after] of cases) assert.equal(marked(before), after);
});

test('uses the given URL for a wiki embed', () => {
  assert.equal(marked('![[a.png|200]]', 0, 'img/a.png'), '<img src="img/a.png" alt="" width="200">');
});

test('changes only the selected image when a line has several', () => {
  assert.equal(
    marked('![](a.png) ![](b.png) ![](c.png)', 1),
    '![](a.png) <img src="b.png" alt=""> ![](c.png)',
  );
});

test('returns null when the tag would turn the lines below into HTML', () => {
  assert.equal(marked('![](a.png)\nwith **bold** words'), null);
  assert.equal(marked('- ![](a.png)\n  words'), null);
  assert.equal(marked('words\n![](a.png)\n'), 'words\n<img src="a.png" alt="">\n');
});
