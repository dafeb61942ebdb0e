import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { markDecorative } from './mark-decorative.ts';
import { needsAltText } from './needs-alt-text.ts';
import { writeAltText } from './write-alt-text.ts';

function only(note: string) {
  const [embed, ...others] = findImages(note);
  assert.ok(embed && others.length === 0, `one embed in ${note}`);
  return embed;
}

function write(note: string, text: string): string {
  const edit = writeAltText(note, only(note), text);
  return edit === null ? note : applyEdits(note, [edit]);
}

const layouts: readonly (readonly [note: string, written: string])[] = [
  ['![[pic.png|100%]]', '![[pic.png|A kite|100%]]'],
  ['![[pic.png|50%|300]]', '![[pic.png|A kite|50%|300]]'],
  ['![[pic.png|left|250]]', '![[pic.png|A kite|left|250]]'],
  ['![[pic.png|300|left]]', '![[pic.png|A kite|300|left]]'],
  ['![[pic.png|right wmed]]', '![[pic.png|A kite|right wmed]]'],
  ['![[pic.png|left 300]]', '![[pic.png|A kite|left 300]]'],
  ['![[pic.png|sban cover hs-med]]', '![[pic.png|A kite|sban cover hs-med]]'],
  ['![[pic.png|banner+small]]', '![[pic.png|A kite|banner+small]]'],
  ['![[pic.png|left+pt|200]]', '![[pic.png|A kite|left+pt|200]]'],
  ['![[pic.png|banner]]', '![[pic.png|A kite|banner]]'],
  ['![[pic.png|inlineR]]', '![[pic.png|A kite|inlineR]]'],
  ['![[pic.png|+C]]', '![[pic.png|A kite|+C]]'],
  ['![[pic.png|#center]]', '![[pic.png|A kite|#center]]'],
  ['![[pic.png||invert|300x200]]', '![[pic.png|A kite|invert|300x200]]'],
  ['| a |\n|---|\n| ![[pic.png\\|left\\|250]] |', '| a |\n|---|\n| ![[pic.png\\|A kite\\|left\\|250]] |'],
  ['![50%](pic.png)', '![A kite|50%](pic.png)'],
  ['![300px](pic.png)', '![A kite|300px](pic.png)'],
  ['![left|250](pic.png)', '![A kite|left|250](pic.png)'],
  ['![|sban](pic.png)', '![A kite|sban](pic.png)'],
  ['| a |\n|---|\n| ![left\\|250](pic.png) |', '| a |\n|---|\n| ![A kite\\|left\\|250](pic.png) |'],
  ['![right wmed][p]\n\n[p]: pic.png', '![A kite|right wmed][p]\n\n[p]: pic.png'],
  ['![w:600](pic.png)', '![w:600 A kite](pic.png)'],
  ['![bg right:40%](pic.png)', '![bg right:40% A kite](pic.png)'],
  ['![bg](pic.png)', '![bg A kite](pic.png)'],
  ['![bg left fit](pic.png)', '![bg left fit A kite](pic.png)'],
  ['![brightness:.8 sepia:50%](pic.png)', '![brightness:.8 sepia:50% A kite](pic.png)'],
  ['![](pic.png){width=50%}', '![A kite](pic.png){width=50%}'],
  ['![](pic.png =300x)', '![A kite](pic.png =300x)'],
  ['![](pic.png "t" =300x200)', '![A kite](pic.png "t" =300x200)'],
  ["![](pic.png ':size=300x200')", "![A kite](pic.png ':size=300x200')"],
];

for (const [note, written] of layouts) {
  test(`${note} has no alt text and keeps its layout when alt text is written`, () => {
    assert.equal(needsAltText(only(note)), 'missing');
    assert.equal(write(note, 'A kite'), written);
    const again = only(written);
    assert.deepEqual([again.alt, again.size, again.target], ['A kite', only(note).size, 'pic.png']);
    assert.equal(needsAltText(again), null);
    assert.equal(write(written, 'A red kite'), written.replace('A kite', 'A red kite'));
  });
}

const alts: readonly (readonly [note: string, alt: string])[] = [
  ['![100% wool label](pic.png)', '100% wool label'],
  ['![[pic.png|100% wool label]]', '100% wool label'],
  ['![[pic.png|A kite on the left|250]]', 'A kite on the left'],
  ['![Left](pic.png)', 'Left'],
  ['![cover](pic.png)', 'cover'],
  ['![banner](pic.png)', 'banner'],
  ['![left profile](pic.png)', 'left profile'],
  ['![[pic.png|left 300 A kite]]', 'left 300 A kite'],
  ['![[pic.png|Kite|A bird]]', 'Kite|A bird'],
  ['![Old kite w:300](pic.png)', 'Old kite'],
  ['![bg Old kite](pic.png)', 'Old kite'],
  ['![[pic.png|left|Old kite]]', 'Old kite'],
  ['![3 of 5](pic.png)', '3 of 5'],
  ['![ratio 16:9](pic.png)', 'ratio 16:9'],
  ['![w: 600](pic.png)', 'w: 600'],
];

for (const [note, alt] of alts) {
  test(`${note} has the alt text ${JSON.stringify(alt)}`, () => {
    assert.equal(only(note).alt, alt);
    assert.equal(needsAltText(only(note)), null);
    assert.equal(write(note, 'A red bird'), note.replace(alt, 'A red bird'));
  });
}

test('escapes alt text that looks like layout', () => {
  for (const text of [
    'left',
    '100%',
    'right wmed',
    '300px',
    'w:600',
    'bg',
    'bg of a slide',
    'A kite w:600',
    'A|left',
  ]) {
    for (const note of [
      '![](pic.png)',
      '![50%](pic.png)',
      '![left|250](pic.png)',
      '![bg right:40%](pic.png)',
    ]) {
      const written = write(note, text);
      assert.equal(only(written).alt, text, written);
    }
  }
  assert.equal(write('![[pic.png|250]]', 'left'), '![[pic.png|left.|250]]');
  assert.equal(write('![[pic.png]]', '100%'), '![[pic.png|100%.]]');
});

test("writes alt text that Marp doesn't read as layout", () => {
  assert.equal(
    write('![bg right:40%](pic.png)', 'A fit man left of it'),
    '![bg right:40% A &#102;it man &#108;eft of it](pic.png)',
  );
  assert.equal(write('![w:600](pic.png)', 'left of it'), '![w:600 left of it](pic.png)');
});

test("doesn't convert an image with layout keywords to a tag", () => {
  for (const note of [
    'a ![[pic.png|left|250]]',
    'a ![bg](pic.png)',
    'a ![Kite|50%](pic.png)',
    'a ![[pic.png|left|Kite]]',
  ]) {
    assert.equal(markDecorative(note, only(note)), null, note);
  }
  assert.notEqual(markDecorative('a ![[pic.png|Kite|250]]', only('a ![[pic.png|Kite|250]]')), null);
});
