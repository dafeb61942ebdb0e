import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownItReading } from '../../../test/markdown/markdown-it-reading.ts';
import { mdastAlts, mdastOutline } from '../../../test/markdown/mdast-words.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { writeAltText } from './write-alt-text.ts';
import { captionEdits } from './write-caption.ts';

/** Returns the note with the text written into its only embed. */
function write(note: string, text: string): string {
  const [embed, ...others] = findImages(note);
  assert.ok(embed && others.length === 0, `one embed in ${note}`);
  const edit = writeAltText(note, embed, text);
  return edit === null ? note : applyEdits(note, [edit]);
}

const bare = [
  ...['mira@laptop', 'mira@example.org', 'https://example.org/a_b?c=d', 'Dresden > Leipzig', 'a < b', '<3'],
  ...['Costs $5', 'US$', 'AT&T', 'R&D; sales', '50% off', 'a == b', 'C#', 'issue #1', 'x^2', 'f[0] + g[i]'],
  ...[
    '2 * 3 * 4',
    '* required',
    'snake_case_name',
    'a ~ b',
    "it's a `",
    'C:\\temp',
    'a|b',
    '"quoted" (twice)',
  ],
  ...['100% wool label', '3 of 5', 'left hand', 'Cover'],
];

for (const text of bare) {
  test(`${JSON.stringify(text)} is written without escapes`, () => {
    assert.equal(write('![](a.png)', text), `![${text}](a.png)`);
  });
}

const escaped: readonly (readonly [text: string, written: string])[] = [
  ['$5 and $6', '\\$5 and $6'],
  ['==new==', '\\==new=='],
  ['50%% off', '50%\\% off'],
  ['[[link]]', '\\[\\[link\\]\\]'],
  ['see [[link]]', 'see [\\[link]\\]'],
  ['%%%', '%\\%\\%'],
  ['![x', '!\\[x'],
  ['[x](y)', '\\[x\\](y)'],
  ['a ] b', 'a \\] b'],
  ['<b>bold</b>', '\\<b>bold\\</b>'],
  ['<a@b.co>', '\\<a@b.co>'],
  ['&amp; and &copy', '\\&amp; and &copy'],
  ['a*b*c', 'a\\*b*c'],
  ['_private_', '\\_private_'],
  ['`code`', '\\`code`'],
  ['~~gone~~', '\\~~gone~~'],
  ['\\* x', '\\\\* x'],
  ['ends with \\', 'ends with \\\\'],
  ['#tag', '\\#tag'],
  ['^[note] [^1]', '\\^[note] [\\^1]'],
  ['<% run %>', '<\\% run %>'],
  ['100%', '100\\%'],
  ['w:600 kite', 'w\\:600 kite'],
  ['A|300', 'A\\|300'],
  ['A|left', 'A\\|left'],
];

for (const [text, written] of escaped) {
  test(`${JSON.stringify(text)} is written with a minimum of escapes`, () => {
    assert.equal(write('![](a.png)', text), `![${written}](a.png)`);
  });
}

test('escapes a delimiter when it would pair with one outside the embed', () => {
  assert.equal(write('It costs $4 ![](a.png).', '5$'), 'It costs $4 ![5\\$](a.png).');
  assert.equal(write('![](a.png) for 6$', '$5'), '![\\$5](a.png) for 6$');
  assert.equal(write('a ` b ![](a.png)', 'a ` b'), 'a ` b ![a &#96; b](a.png)');
  assert.equal(write('<a title="![](a.png)', 'x">'), '<a title="![x"\\>](a.png)');
  assert.equal(write('==a ![](a.png)==', 'b == c'), '==a ![b \\== c](a.png)==');
});

test('escapes a bracket when the note defines its label', () => {
  const definition = '\n\n[0]: https://example.org';
  assert.equal(write(`![](a.png)${definition}`, 'f[0]'), `![f\\[0\\]](a.png)${definition}`);
  assert.equal(write(`![](a.png)\n\n[1]: x`, 'f[0]'), `![f[0]](a.png)\n\n[1]: x`);
});

test('escapes a pipe in a table', () => {
  const table = (cell: string) => `| a | b |\n|---|---|\n| x | ${cell} |`;
  assert.equal(write(table('![](a.png)'), 'a|b $5'), table('![a\\|b $5](a.png)'));
  assert.equal(write(table('<img src="a.png">'), 'a|b'), table('<img alt="a\\|b" src="a.png">'));
  assert.equal(write(table('![](a.png)'), 'A|300'), table('![A&#124;300](a.png)'));
});

test('escapes only the quote in an HTML attribute', () => {
  assert.equal(
    write('<img src="a.png">', 'a "b" <c> [d] `e` $5 & &amp;').slice(9, -13),
    '"a &#34;b&#34; <c> [d] `e` $5 & &#38;amp;"',
  );
  assert.equal(write("<img src='a' alt='x'>", 'it\'s "b"'), "<img src='a' alt='it&#39;s \"b\"'>");
});

test('keeps tags, URLs and highlights in an HTML attribute', () => {
  const text = '#sale ==new== see https://example.org/"a" ^[b]';
  const written = text.replaceAll('"', '&#34;');
  assert.equal(write('<img src="a.png">', text), `<img alt="${written}" src="a.png">`);
});

test('escapes delimiters that would pair across alt texts', () => {
  const note = '![](a.png) ![](b.png) ![](c.png)';
  const captions = ['one ` tick', 'a ` and $5', '6$ and =='];
  const wanted = findImages(note).map((embed, index) => ({
    embed,
    description: { alt: captions[index] ?? '', description: '', text: '', decorative: false },
  }));
  const written = applyEdits(note, captionEdits(note, wanted, 'alt'));
  assert.equal(written, '![one ` tick](a.png) ![a &#96; and $5](b.png) ![6\\$ and ==](c.png)');
  assert.deepEqual(mdastAlts(written), captions);
});

test('keeps alt text as earlier versions escaped it', () => {
  for (const [written, text] of [
    ['mira\\@laptop', 'mira@laptop'],
    ['&#36;5', '$5'],
    ['Dresden &#62; Leipzig', 'Dresden > Leipzig'],
    ['http\\://a.b', 'http://a.b'],
  ] as const) {
    const note = `![${written}](a.png)\n*${written}*\n`;
    const [embed] = findImages(note);
    assert.ok(embed);
    assert.equal(embed.alt, text);
    assert.equal(writeAltText(note, embed, text), null);
    const description = { alt: text, description: '', text: '', decorative: false };
    assert.deepEqual(captionEdits(note, [{ embed, description }], 'below'), []);
  }
});

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...'[[ ]] [ ] ( ) ]( ![ ` `` $ $5 %% % | \\ < > <b> </b> <!-- --> <a@b.c> & &amp; &#36; * ** _ ~ ~~ = == # #t ^ ^[ : " \' 300 100% left bg w:5'.split(
        ' ',
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'a',
      'word',
      'http://a.b/',
      'www.a.b',
      '@',
      ' ',
      ' ',
      ' ',
      '.',
      '!',
      '-',
      'ß',
      '猫',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 3 }) },
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join('').replace(/\s+/g, ' ').trim())
  .filter((line) => line !== '');

const place = fc.constantFrom(
  ...[
    ['', ''],
    ['', ''],
    ['Words ', ' more'],
    ['- ', '\n- b'],
    ['> ', '\n> more'],
    ['*em ', ' em*'],
    ['a ` b ', ' c'],
  ],
  ...[
    ['$4 ', ' c'],
    ['', ' for 6$'],
    ['<a title="', ' c'],
    ['[a](b "', ' c'],
    ['[', '](link)'],
    ['==a ', '=='],
  ],
  ...[
    ['Line | one\n', '\nline'],
    ['# ', ''],
    ['- a\n\n  ', ''],
    ['[0]: x\n\n', ''],
  ],
);

/**
 * Returns what Obsidian and HTML, whose tags browsers may render or strip, read in a paragraph besides its
 * alt texts.
 */
function obsidianReads(label: string, paragraph: string): string[] {
  const unescaped = (part: string) => part.replace(/\\[!-/:-@[-`{-~]/g, '-');
  const marks = ['%%', '$$', '[[', '<%', '<!', '<?'].filter((mark) => `[${label}]`.includes(mark));
  const tags =
    unescaped(label).match(/\^\[|\[\^|(?:^|\s)#[^\s#]*\p{L}|<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/giu) ?? [];
  const pairs = ['$', '=='].filter(
    (mark) => unescaped(label).includes(mark) && unescaped(paragraph).split(mark).length > 2,
  );
  return [...marks, ...tags, ...pairs];
}

const ESCAPES = /\\([!-/:-@[-`{-~])|&#(\d+);/g;

test('writes alt text that every parser reads with a minimum of escapes', () => {
  let tried = 0;
  let escapes = 0;
  fc.assert(
    fc.property(text, place, (words, [before = '', after = '']) => {
      const note = `${before}![](a.png)${after}`;
      const [embed] = findImages(note);
      fc.pre(embed?.from === before.length);
      const written = write(note, words);
      const label = written.slice(before.length + 2, written.length - after.length - '](a.png)'.length);
      const reads = (candidate: string) => {
        const whole = `${before}![${candidate}](a.png)${after}`;
        const inVsCode = markdownItReading(whole);
        const found = findImages(whole);
        return {
          alts: [found.map(({ alt }) => alt), mdastAlts(whole), inVsCode.alts],
          size: found.map(({ size, sizeSpan }) => [size, sizeSpan === null]),
          page: inVsCode.page,
          outline: mdastOutline(whole, () => false),
          obsidian: obsidianReads(candidate, whole),
        };
      };
      const plain = reads('x');
      const right = { ...plain, alts: [[words], [words], [words]] };
      assert.deepEqual(reads(label), right, written);
      tried++;
      for (const { index, 0: escape, 1: char, 2: code } of label.matchAll(ESCAPES)) {
        // Parsers disagree about the end of a URL; a URL with an escape in it is not one.
        if (escape === '\\:') continue;
        escapes++;
        const dropped = char ?? String.fromCodePoint(Number(code));
        const shorter = label.slice(0, index) + dropped + label.slice(index + escape.length);
        assert.notDeepEqual(reads(shorter), right, `${escape} at ${index} of ${written}`);
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(tried > 200 && escapes > 200, `${tried} texts with ${escapes} escapes`);
});
