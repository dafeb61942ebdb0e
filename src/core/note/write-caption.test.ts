import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mdast, mdastOutline, plainWords } from '../../../test/markdown/mdast-words.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { recordEdits, undoEdits } from './undo-edit.ts';
import { carriedAltText } from './write-alt-text.ts';
import { captionEdits, type CaptionStyle, type CaptionText } from './write-caption.ts';

/** Writes captions by the index of the embed; null skips an embed. */
function write(note: string, style: CaptionStyle, words: readonly (CaptionText | null)[]): string {
  return applyEdits(note, edits(note, style, words));
}

function edits(note: string, style: CaptionStyle, words: readonly (CaptionText | null)[]): TextEdit[] {
  const wanted = findImages(note).flatMap((embed, index) => {
    const description = words[index];
    return description ? [{ embed, description }] : [];
  });
  return captionEdits(note, wanted, style);
}

function caption(alt: string, description = '', text = ''): CaptionText {
  return { alt, description, text, decorative: alt === '' };
}

const cat = caption('A cat.', 'A gray cat sleeps.', 'MEOW\n1. purr');
const dog = caption('A dog.', 'A dog runs.');

const below: readonly (readonly [place: string, note: string, written: string])[] = [
  ['under a line of its own', '![](a)\n', '![A cat.](a)\n*A cat.*\n'],
  ['at the end without a line break', 'x\n\n![[a.png]]', 'x\n\n![[a.png|A cat.]]\n*A cat.*'],
  ['in a note of one line', '![](a)', '![A cat.](a)\n*A cat.*'],
  ['with the line endings of the note', 'x\r\n![](a)\r\ny\r\n', 'x\r\n![A cat.](a)\r\n*A cat.*\r\ny\r\n'],
  ['within a paragraph', 'Text ![](a) more\nnext\n', 'Text ![A cat.](a) more\n*A cat.*\nnext\n'],
  ['in a quote', '> > ![](a)\n> text\n', '> > ![A cat.](a)\n> > *A cat.*\n> text\n'],
  ['in a callout', '> [!note] Title\n> ![](a)\n', '> [!note] Title\n> ![A cat.](a)\n> *A cat.*\n'],
  ['in a list item', '- ![](a)\n- b\n', '- ![A cat.](a)\n  *A cat.*\n- b\n'],
  ['in a numbered item', '10. ![](a)\n', '10. ![A cat.](a)\n    *A cat.*\n'],
  ['in a task', '- [ ] ![](a)\n', '- [ ] ![A cat.](a)\n  *A cat.*\n'],
  ['in nested items', '- > 1. ![](a)\n', '- > 1. ![A cat.](a)\n  >    *A cat.*\n'],
  ['under a heading', '# ![](a)\ntext\n', '# ![A cat.](a)\n*A cat.*\n\ntext\n'],
  ['under a heading before a rule', '# ![](a)\n\n---\n', '# ![A cat.](a)\n*A cat.*\n\n---\n'],
  ['behind a link over lines', '[![](a)\nmore](b) c\nd\n', '[![A cat.](a)\nmore](b) c\n*A cat.*\nd\n'],
  ['behind code over lines', '![](a) `x\ny`\nd\n', '![A cat.](a) `x\ny`\n*A cat.*\nd\n'],
  ['behind a comment over lines', '![](a) %%x\ny%% z\nd\n', '![A cat.](a) %%x\ny%% z\n*A cat.*\nd\n'],
  ['not in a table', '| ![](a) |\n|---|\n', '| ![A cat.](a) |\n|---|\n'],
  ['not in HTML', '<p>\n<img src="a">\n</p>\n', '<p>\n<img alt="A cat." src="a">\n</p>\n'],
  ['not in an underlined heading', '![](a)\n===\n', '![A cat.](a)\n===\n'],
  [
    'in a footnote behind a quote',
    '> > q\n[^1]: ![](a)\nb\n\nsee[^1]',
    '> > q\n[^1]: ![A cat.](a)\n    *A cat.*\nb\n\nsee[^1]',
  ],
  [
    'in a list in a footnote with tabs',
    '[^long]:\t-\t![](a)\n\tb\n',
    '[^long]:\t-\t![A cat.](a)\n        *A cat.*\n\tb\n',
  ],
  ['under a definition', '> [r]: z\n> ![](a)\nb', '> [r]: z\n> ![A cat.](a)\n> *A cat.*\nb'],
  ['not so deep that nobody reads it', `${'> '.repeat(300)}![](a)`, `${'> '.repeat(300)}![A cat.](a)`],
  ['behind a BOM', '\uFEFF![](a)\n', '\uFEFF![A cat.](a)\n*A cat.*\n'],
  ['behind frontmatter', '---\na: b\n---\n![](a)\n', '---\na: b\n---\n![A cat.](a)\n*A cat.*\n'],
];

for (const [place, note, written] of below) {
  test(`caption line: ${place}`, () => {
    assert.equal(write(note, 'below', [cat]), written);
  });
}

const calloutOfCat = '> [!image]- A cat.\n> A gray cat sleeps.\n>\n> MEOW\n> 1\\. purr\n';
const calloutOfDog = '> [!image]- A dog.\n> A dog runs.\n';

const callouts: readonly (readonly [place: string, note: string, written: string])[] = [
  ['under a line of its own', '![](a)\n', `![A cat.](a)\n${calloutOfCat}`],
  ['apart from the next line', '![](a)\nText\n', `![A cat.](a)\n${calloutOfCat}\nText\n`],
  ['apart from a quote', '![](a)\n> Quote\n', `![A cat.](a)\n${calloutOfCat}\n> Quote\n`],
  [
    'apart from the next callout',
    '![](a)\n![](b)\n![](c)',
    `![A cat.](a)\n${calloutOfCat}\n![A dog.](b)\n${calloutOfDog}\n![](c)`,
  ],
  [
    'in the order of the images of a line',
    '![](a) ![](b)\nText',
    `![A cat.](a) ![A dog.](b)\n${calloutOfCat}\n${calloutOfDog}\nText`,
  ],
  ['behind a paragraph that can not be split', '![](a)\n2. x\n', `![A cat.](a)\n2. x\n${calloutOfCat}`],
  [
    'in a list that stays tight',
    '- ![](a)\n- b\n',
    '- ![A cat.](a)\n  > [!image]- A cat.\n  > A gray cat sleeps.\n  >\n  > MEOW\n  > 1\\. purr\n- b\n',
  ],
  [
    'in a footnote between quotes',
    '> a\n[^1]: ![](a)\n> b\n\nsee[^1]',
    '> a\n[^1]: ![A cat.](a)\n    > [!image]- A cat.\n    > A gray cat sleeps.\n    >\n    > MEOW\n    > 1\\. purr\n\n> b\n\nsee[^1]',
  ],
  [
    'in a quote',
    '> ![](a)\n> b\n',
    '> ![A cat.](a)\n> > [!image]- A cat.\n> > A gray cat sleeps.\n> >\n> > MEOW\n> > 1\\. purr\n>\n> b\n',
  ],
];

for (const [place, note, written] of callouts) {
  test(`callout: ${place}`, () => {
    assert.equal(write(note, 'callout', [cat, dog]), written);
  });
}

test('orders captions on a line by image, whichever is written first', () => {
  const note = '![](a) ![](b) ![](c)\ntext\n';
  const end = '![A](a) ![B](b) ![C](c)\n*A*\n*B*\n*C*\ntext\n';
  const [a, b, c] = [caption('A'), caption('B'), caption('C')];
  assert.equal(write(note, 'below', [a, b, c]), end);
  const last = write(note, 'below', [null, null, c]);
  const first = write(last, 'below', [a]);
  assert.equal(write(first, 'below', [null, b]), end);
});

test('replaces a caption that repeats the current alt text', () => {
  const note = '![old](a)\n*old*\n*mine*\n';
  assert.equal(write(note, 'below', [cat]), '![A cat.](a)\n*A cat.*\n*mine*\n');
  assert.equal(write('![old](a)\n*mine*\n', 'below', [cat]), '![A cat.](a)\n*A cat.*\n*mine*\n');
  const callout = '![old](a)\n> [!image]- old\n> more\n\n> mine\n';
  assert.equal(write(callout, 'callout', [dog]), `![A dog.](a)\n${calloutOfDog}\n> mine\n`);
  assert.equal(write(note, 'callout', [dog]), `![A dog.](a)\n${calloutOfDog}\n*mine*\n`);
});

test('writes no caption for a decorative image', () => {
  assert.equal(write('![](a)\n', 'below', [caption('')]), '![](a)\n');
  assert.equal(write('a <img src="a">\n', 'callout', [caption('')]), 'a <img alt="" src="a">\n');
});

test('escapes the text of a callout', () => {
  const text = '# no heading\n- no item\n===\n> [!x]\n[x]: y\n```\n$$\n%%\n2) x\n<b>';
  const written = write('![](a)', 'callout', [caption('*A* ^x', '![](b)', text)]);
  const root = mdast(written);
  assert.ok('children' in root);
  const [paragraph, callout, ...others] = root.children;
  assert.deepEqual([paragraph?.type, callout?.type, others], ['paragraph', 'blockquote', []]);
  assert.ok(callout && 'children' in callout);
  assert.deepEqual(callout.children.map(plainWords), ['[!image]- *A* ^x\n![](b)', text]);
  assert.equal(findImages(written).length, 1);
});

const embedForm = fc.constantFrom(
  '![](#.png)',
  '![old](<# x.png> "title")',
  '![old|300](#.png)',
  '![[#.png]]',
  '![[#.png|old|300]]',
  '![r#]',
  '<img src="#.png">',
);

/** Blocks with placeholders for embeds (@). */
const block = fc.constantFrom(
  ...[
    '@',
    '@ @',
    '@',
    '@ @ @',
    'Text @ more\nnext line',
    '@\n@\n@',
    'Text',
    '***',
    '> a quote',
    '- item\n- @',
  ],
  ...['> @\n> quote', '> [!note] Title @\n> body\n>\n> @', '> @\nlazy', '> > @', '> - @\n>   more\n> - b'],
  ...[
    '- @\n- item',
    '- [ ] @\n- [x] b',
    '1. @\n2. next',
    '- a\n  - @\n    more\n- b',
    '10) @',
    '- a\n\n  @',
    '-\t@',
  ],
  ...['# @', '# @\nText under', '# @\n- item', '## @ words ##\n2. b', '# @\n[r9]: z', '@\n===', 'a\n@\n---'],
  ...['| a | b |\n|---|---|\n| @ | x |', '@\n\n| a |\n|---|\n| @ |', '<div>\n@\n</div>', '<!-- a\n@ -->'],
  ...[
    '[@](link)',
    '[@\ntext](link) x\ny',
    '[x @](\nlink)\ny',
    '*a @\nb* c\nd',
    '**@**\n2. text',
    '~~@\n@~~\nx',
  ],
  ...[
    '@ `code\nspan` end\nx',
    '@ <b\nclass="x">y</b>\nz',
    '@ <!-- c\nd --> e\nf',
    '@ %% c\nd %% e\nf',
    '@ $$x\ny$$\nz',
  ],
  ...[
    '@\n     indented',
    '@\n<span>x</span>',
    '@\n\n    code',
    '    @',
    '```\n@\n```',
    '`@`',
    '@\\\nhard',
    '@  \nhard',
  ],
  ...[
    '@\n- list',
    '@\n> quote',
    '@\n[a]: b',
    '@\n-',
    '@\n+',
    'a | b @\nc | d',
    '[^1]: @',
    'see[^1] @',
    '@\n*mine*',
  ],
);

const note = fc
  .record({
    start: fc.constantFrom('', '', '---\ntitle: x\n---\n', '\uFEFF'),
    blocks: fc.array(fc.tuple(block, fc.constantFrom('\n\n', '\n\n', '\n')), { minLength: 1, maxLength: 5 }),
    forms: fc.array(embedForm, { minLength: 1, maxLength: 6 }),
    lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
    end: fc.constantFrom('', '\n', '\n\n'),
  })
  .map(({ start, blocks, forms, lineBreak, end }) => {
    let count = 0;
    const body = blocks
      .map(([text, gap], index) => (index === 0 ? '' : gap) + text)
      .join('')
      .replace(/@/g, () => {
        count++;
        return (forms[count % forms.length] ?? '').replaceAll('#', String(count));
      });
    const definitions = Array.from({ length: count }, (_, at) => `[r${at + 1}]: ${at + 1}.png\n`).join('');
    return `${start}${definitions}\n${body}${end}`.replaceAll('\n', lineBreak);
  });

const someCaption = fc.record({
  alt: fc.constantFrom(
    'A cat',
    'A cat',
    'Two *dogs*, [a|b] & `c` $5',
    '1. x',
    '300',
    '- y',
    '',
    'A: b_c_ <d>',
  ),
  description: fc.constantFrom('', 'It sleeps.', '# One\n- two\n===\n![](x.png)'),
  text: fc.constantFrom('', 'MEOW', '1. a\n2. b\n| c |\n```'),
  decorative: fc.constant(false),
});
const captionsOfNote = fc.array(fc.option(someCaption), { minLength: 12, maxLength: 12 });
const lineStyle = fc.constantFrom<CaptionStyle>('below', 'callout');

/** Returns a check whether a text is one of the captions in any style. */
function isOneOf(captions: readonly (CaptionText | null)[], source: string): (words: string) => boolean {
  const alts = findImages(source).map((embed, index) =>
    carriedAltText(source, embed, captions[index]?.alt ?? ''),
  );
  const altTexts = new Set(alts.filter((alt) => alt !== ''));
  return (words) => altTexts.has(words) || altTexts.has(/^\[!image\]- ([^\r\n]*)/.exec(words)?.[1] ?? '');
}

test('changes only captions when it writes a note', () => {
  fc.assert(
    fc.property(note, captionsOfNote, lineStyle, (source, captions, style) => {
      const embeds = findImages(source);
      const written = write(source, style, captions);
      const again = findImages(written);
      assert.equal(again.length, embeds.length, written);
      for (const [index, embed] of embeds.entries()) {
        const alt = carriedAltText(source, embed, captions[index]?.alt ?? '');
        const isKept = !captions[index] || (alt === '' && embed.syntax !== 'html');
        assert.equal(again.at(index)?.alt, isKept ? embed.alt : alt, written);
        for (const key of ['syntax', 'target', 'size', 'title', 'inTable'] as const) {
          assert.equal(again.at(index)?.[key], embed[key], `${key} in ${written}`);
        }
      }
      // mdast reads a lone tag on a lazy line as a separate block, and no list that starts with 10 after a
      // blockquote or indented code. CommonMark reads both differently.
      if (/[^\n\r]\r?\n(?:[ \t>]*<img|10\))| {4}[^\n]*\s+10\)/.test(source)) return;
      const isCaption = isOneOf(captions, source);
      // mdast doesn't support Obsidian embeds and reads their alt text as text.
      const plain = (text: string) => text.replace(/!\[\[([^|\\\]]*)[^\]]*\]\]/g, '!($1)');
      assert.equal(mdastOutline(plain(written), isCaption), mdastOutline(plain(source), isCaption), written);
    }),
    { numRuns: 300 },
  );
});

test('returns no edits for the same captions, and replaces them with others', () => {
  fc.assert(
    fc.property(note, captionsOfNote, lineStyle, (source, captions, style) => {
      const written = write(source, style, captions);
      assert.deepEqual(edits(written, style, captions), [], written);
      // Whether a `$` needs an escape depends on the paragraph, which a callout may split.
      fc.pre(!captions.some((one) => one?.alt.includes('$')));
      const others = captions.map((one) => one && caption(`Not ${one.alt}`, one.text, one.description));
      assert.equal(write(written, style, others), write(source, style, others), written);
    }),
    { numRuns: 300 },
  );
});

test('writes the same note when captions are written one by one in any order', () => {
  fc.assert(
    fc.property(
      note,
      captionsOfNote,
      lineStyle,
      fc.infiniteStream(fc.nat()),
      (source, captions, style, order) => {
        fc.pre(!captions.some((one) => one?.alt.includes('$')));
        const left = captions.map((_, index) => index);
        let text = source;
        while (left.length > 0) {
          const [number] = left.splice(order.next().value % left.length, 1);
          text = write(
            text,
            style,
            captions.map((one, index) => (index === number ? one : null)),
          );
        }
        assert.equal(text, write(source, style, captions));
      },
    ),
    { numRuns: 150 },
  );
});

test('restores the note byte for byte when captions were written one by one', () => {
  fc.assert(
    fc.property(note, captionsOfNote, lineStyle, (source, captions, style) => {
      const records = [];
      let text = source;
      for (const number of captions.keys()) {
        const made = edits(
          text,
          style,
          captions.map((one, index) => (index === number ? one : null)),
        );
        records.push(...recordEdits(text, made, findImages(text)));
        text = applyEdits(text, made);
      }
      assert.deepEqual(undoEdits(text, records), { text: source, undone: records.length, kept: 0 });
    }),
    { numRuns: 150 },
  );
});

test('replaces a callout with the former wording of an automatic description', () => {
  const former = caption(
    'Slide: Plan',
    'Recognised automatically, not described by a model. The text in the image, read by OCR: Plan',
  );
  const note = write('![](a)\n', 'callout', [former]);
  const described = caption('A lecture plan.', 'A slide with the plan of a lecture.');
  assert.equal(
    write(note, 'callout', [described]),
    '![A lecture plan.](a)\n> [!image]- A lecture plan.\n> A slide with the plan of a lecture.\n',
  );
});
