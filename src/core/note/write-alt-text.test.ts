import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mdastAlts } from '../../../test/markdown/mdast-words.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import { oneLine } from '../text/one-line.ts';
import { findImages } from './find-images.ts';
import { carriedAltText, writeAltText } from './write-alt-text.ts';

/** Returns the note with the text written into its only embed. */
function write(note: string, text: string): string {
  const [embed, ...others] = findImages(note);
  assert.ok(embed && others.length === 0, `one embed in ${note}`);
  const edit = writeAltText(note, embed, text);
  return edit === null ? note : applyEdits(note, [edit]);
}

const examples: readonly (readonly [name: string, note: string, text: string, written: string])[] = [
  ['Markdown', '![](a.png)', 'A cat', '![A cat](a.png)'],
  ['Markdown with words', '![old](<a b.png> "title")', 'A cat', '![A cat](<a b.png> "title")'],
  ['Markdown with words and a size', '![old|300](a.png)', 'A cat', '![A cat|300](a.png)'],
  ['Markdown with a size alone', '![300x200](a.png)', 'A cat', '![A cat|300x200](a.png)'],
  ['Markdown with an empty place before its size', '![|300](a.png)', 'A cat', '![A cat|300](a.png)'],
  ['wiki', '![[a.png]]', 'A cat', '![[a.png|A cat]]'],
  ['wiki with words', '![[a.png|old]]', 'A cat', '![[a.png|A cat]]'],
  ['wiki with a size alone', '![[a.png|300]]', 'A cat', '![[a.png|A cat|300]]'],
  ['wiki with words and a size', '![[a.png#x|old|300x200]]', 'A cat', '![[a.png#x|A cat|300x200]]'],
  ['wiki in a table', '| a |\n|---|\n| ![[a.png]] |', 'A cat', '| a |\n|---|\n| ![[a.png\\|A cat]] |'],
  [
    'wiki with a size in a table',
    '| a |\n|---|\n| ![[a.png\\|300]] |',
    'A|cat',
    '| a |\n|---|\n| ![[a.png\\|A/cat\\|300]] |',
  ],
  [
    'Markdown with a size in a table',
    '| a |\n|---|\n| ![300](a.png) |',
    'A|cat',
    '| a |\n|---|\n| ![A\\|cat\\|300](a.png) |',
  ],
  ['a full reference', '![old][x]\n\n[x]: a.png', 'A cat', '![A cat][x]\n\n[x]: a.png'],
  ['a collapsed reference', '![My X][]\n\n[my x]: a.png', 'A cat', '![A cat][My X]\n\n[my x]: a.png'],
  ['a shortcut reference', '![My X]\n\n[my x]: a.png', 'A cat', '![A cat][My X]\n\n[my x]: a.png'],
  [
    'a shortcut reference with a size',
    '![x|300]\n\n[x|300]: a.png',
    'Cat',
    '![Cat|300][x|300]\n\n[x|300]: a.png',
  ],
  ['HTML', '<img src="a.png">', 'A "cat" & dog', '<img alt="A &#34;cat&#34; & dog" src="a.png">'],
  ['HTML with words', '<IMG SRC=a.png ALT="old" width=3>', 'A cat', '<IMG SRC=a.png ALT="A cat" width=3>'],
  ['HTML in single quotes', "<img src='a.png' alt='old'>", "It's", "<img src='a.png' alt='It&#39;s'>"],
  ['HTML without quotes', '<img alt=old src=a.png>', 'A cat', '<img alt="A cat" src=a.png>'],
  ['HTML with a bare alt', '<img alt src=a.png>', 'A cat', '<img alt="A cat" src=a.png>'],
  [
    'HTML of MDX',
    '<img src={require("./a.png")} alt={"old"} />',
    'A cat',
    '<img src={require("./a.png")} alt="A cat" />',
  ],
  ['HTML over lines', '<img\n  src="a.png"\n  alt=""\n/>', 'A cat', '<img\n  src="a.png"\n  alt="A cat"\n/>'],
];

for (const [name, note, text, written] of examples) {
  test(`alt text is written into ${name}`, () => {
    assert.equal(write(note, text), written);
  });
}

test('writes alt="" for a decorative image only in HTML', () => {
  assert.equal(write('<img src="a.png">', ''), '<img alt="" src="a.png">');
  assert.equal(write('<img src="a.png" alt="image">', ''), '<img src="a.png" alt="">');
  assert.equal(write('<img src="a.png" alt>', ''), '<img src="a.png" alt>');
  assert.equal(write('![image](a.png)', ' '), '![image](a.png)');
  assert.equal(write('![[a.png|image]]', ''), '![[a.png|image]]');
});

test('escapes text that could be markup', () => {
  assert.equal(
    write('![](a.png)', 'f[0] *x* a_b _c_ <d> `e` $5 & &amp; 50%% x|y C# #tag http://a_b.c me@x.org \\'),
    '![f[0] \\*x* a_b \\_c_ \\<d> \\`e` $5 & \\&amp; 50%\\% x|y C# \\#tag http://a_b.c me@x.org \\\\](a.png)',
  );
  assert.equal(
    write('![[a.png]]', 'f[0] [[x]] a|b \\n `e` $5 50%%'),
    "![[a.png|f(0) ((x)) a/b /n 'e' $5 50%]]",
  );
});

test("doesn't close an earlier open embed when alt text ends with a bracket", () => {
  assert.equal(write('![[b.png| ![](a.png)', 'x]'), '![[b.png| ![x&#93;](a.png)');
  assert.equal(findImages('![[b.png| ![x&#93;](a.png)')[0]?.alt, 'x]');
});

test('writes text that looks like a size as alt text', () => {
  assert.equal(write('![](a.png)', '300'), '![&#51;00](a.png)');
  assert.equal(write('![[a.png]]', '300x200'), '![[a.png|300x200.]]');
  assert.equal(write('![[a.png|40]]', '300'), '![[a.png|300.|40]]');
});

/** Texts with special characters, and arbitrary texts. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'![[ ]] [ ] ( ) ]( `` ` $ $$ %% % | \\ \\| < > <b> --> </ & &amp; &# ; * ** _ ~ ~~ == # ^ : " \' = 300 300x200'.split(
          ' ',
        ),
        ...[
          'http://',
          'www.',
          'a@b.co',
          'mailto:x',
          'a',
          'word',
          '\n',
          '\r\n',
          '\u2028',
          '\u0085',
          '\t',
          ' ',
          '\0',
        ],
        ...['\u202e', '\ud800', '😀', 'Ä', 'ß', 'слово', '\ufeff', '-', '.', '!'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const embedForm = fc.constantFrom(
  '![](a.png)',
  '![old](<a b.png> "a title")',
  '![old|300](a.png)',
  '![300](a.png)',
  '![two\nlines](a.png)',
  '![|30x40](a.png)',
  '![[a.png]]',
  '![[dir/a b.png|old]]',
  '![[a.png|300]]',
  '![[a.png|old|300]]',
  '![old][ref]',
  '![][ref]',
  '![old|300][ref]',
  '![Ref][]',
  '![ref]',
  '<img src="a.png">',
  '<img src="a.png" alt="old" title=\'t\'>',
  "<img alt='old' src='a.png'/>",
  '<img src=a.png alt=old>',
  '<IMG ALT SRC=a.png>',
);

/** Text around the embed: ordinary contexts, and open constructs that alt text could close. */
const place = fc.constantFrom(
  ['', ''],
  ['Words ', ' more words.'],
  ['> - ', '\n> more'],
  ['1. [', '](link)'],
  ['| a |\n|---|\n| ', ' | b |'],
  ['# ', ''],
  ['*emphasis ', ' here*'],
  ['<div>\n', '\n</div>'],
  ['a ` b ', ' c'],
  ['a `` b ', ' c'],
  ['$5 ', ' and $6'],
  ['%% ', ' c'],
  ['[ ', ' ]'],
  ['[[ ', ' c'],
  ['![ ', ' c'],
  ['![[ ', ' c'],
  ['*a ', ' c'],
  ['**a ~b _c ', ' d'],
  ['<a title="', ' c'],
  ['<!-- ', ' c'],
  ['<?php ', ' c'],
  ['[a](', ' c'],
  ['[a](b "', ' c'],
  ["[a](b '", ' c'],
  ['[a](b (', ' c'],
  ['http://', ' c'],
  ['\\', ' c'],
  ['`', '` c'],
);

test('writes any alt text into any embed and reads it back', () => {
  let tried = 0;
  fc.assert(
    fc.property(text, embedForm, place, (words, form, [before = '', after = '']) => {
      const note = `${before}${form}${after}\n\n[ref]: r.png 'ref title'\n`;
      const [embed, ...others] = findImages(note);
      fc.pre(embed !== undefined && others.length === 0 && embed.from === before.length);
      tried++;
      const alt = carriedAltText(note, embed, words);
      if (embed.syntax !== 'wiki') assert.equal(alt, oneLine(words));
      const written = write(note, words);

      const kept = embed.syntax !== 'html' && alt === '';
      const [again, ...more] = findImages(written);
      assert.ok(again && more.length === 0, written);
      assert.equal(again.alt, kept ? embed.alt : alt, written);
      for (const key of ['syntax', 'target', 'size', 'title', 'from'] as const) {
        assert.deepEqual(again[key], embed[key], `${key} in ${written}`);
      }
      assert.equal(written.slice(0, again.from), before);
      assert.equal(written.slice(again.to), note.slice(embed.to));
      assert.equal(write(written, words), written, 'a second time changes nothing');

      const altsBefore = mdastAlts(note);
      if (embed.size === null && altsBefore.length === 1 && !kept) {
        assert.deepEqual(mdastAlts(written), [alt], written);
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(tried > 300);
});
