import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImages } from '../note/find-images.ts';
import { recordEdits, undoEdits } from '../note/undo-edit.ts';
import { captionEdits, type CaptionStyle, insertBelow } from '../note/write-caption.ts';
import { applyEdits } from './text-edit.ts';

function edits(note: string, style: CaptionStyle, alts: readonly (string | null)[]) {
  const wanted = findImages(note).flatMap((embed, index) => {
    const alt = alts[index];
    return typeof alt === 'string'
      ? [{ embed, description: { alt, description: '', text: '', decorative: false } }]
      : [];
  });
  return captionEdits(note, wanted, style);
}

function write(note: string, style: CaptionStyle, ...alts: (string | null)[]): string {
  return applyEdits(note, edits(note, style, alts));
}

const callout = '> [!image]- A';

const cases: readonly (readonly [place: string, note: string, below: string, callout: string])[] = [
  ['on its line', '![](a) ^x\n\nb', '![A](a)\n*A* ^x\n\nb', `![A](a) ^x\n${callout}\n\nb`],
  ['at the end of the note', '![](a) ^x', '![A](a)\n*A* ^x', `![A](a) ^x\n${callout}`],
  ['before space', '![](a)  ^fig-1 \n', '![A](a)\n*A*  ^fig-1 \n', `![A](a)  ^fig-1 \n${callout}\n`],
  ['on the next line', '![](a)\n^x\n\nb', '![A](a)\n*A*\n^x\n\nb', `![A](a)\n^x\n${callout}\n\nb`],
  ['behind more text', '![](a) b\nc ^x\n', '![A](a) b\n*A*\nc ^x\n', `![A](a) b\n${callout}\n\nc ^x\n`],
  ['in a list', '- b ![](a) ^x\n- c', '- b ![A](a)\n  *A* ^x\n- c', `- b ![A](a) ^x\n  ${callout}\n- c`],
  [
    'under an item',
    '- ![](a)\n  ^x\n- c',
    '- ![A](a)\n  *A*\n  ^x\n- c',
    `- ![A](a)\n  ^x\n  ${callout}\n- c`,
  ],
  ['of a list', '- ![](a)\n\n^x\n', '- ![A](a)\n  *A*\n\n^x\n', `- ![A](a)\n  ${callout}\n\n^x\n`],
  ['of a list, lazily', '- ![](a)\n^x\n', '- ![A](a)\n  *A*\n^x\n', `- ![A](a)\n  ${callout}\n\n^x\n`],
  ['in a quote', '> ![](a) ^x\n', '> ![A](a)\n> *A* ^x\n', `> ![A](a) ^x\n> ${callout}\n`],
  ['of a quote', '> ![](a)\n\n^x\n', '> ![A](a)\n> *A*\n\n^x\n', `> ![A](a)\n> ${callout}\n\n^x\n`],
  ['of a quote, lazily', '> ![](a)\n^x\n', '> ![A](a)\n> *A*\n^x\n', `> ![A](a)\n> ${callout}\n\n^x\n`],
  [
    'of a table',
    '| a |\n|---|\n| ![](a) |\n\n^x',
    '| a |\n|---|\n| ![A](a) |\n\n^x',
    '| a |\n|---|\n| ![A](a) |\n\n^x',
  ],
  [
    'of Kramdown',
    '![](a)\n{: .center }\n\nb',
    '![A](a)\n*A*\n{: .center }\n\nb',
    `![A](a)\n{: .center }\n${callout}\n\nb`,
  ],
  [
    'of Kramdown in a list',
    '- ![](a)\n{: .b}\n',
    '- ![A](a)\n  *A*\n{: .b}\n',
    `- ![A](a)\n  ${callout}\n\n{: .b}\n`,
  ],
  [
    'of Pandoc',
    '![](a){#f width=50%}\n',
    '![A](a){#f width=50%}\n*A*\n',
    `![A](a){#f width=50%}\n${callout}\n`,
  ],
  [
    'with Windows line ends',
    '![](a) ^x\r\n\r\nb',
    '![A](a)\r\n*A* ^x\r\n\r\nb',
    `![A](a) ^x\r\n${callout}\r\n\r\nb`,
  ],
  ['that is none', '![](a) x^2 ^\n', '![A](a) x^2 ^\n*A*\n', `![A](a) x^2 ^\n${callout}\n`],
];

for (const [place, note, below, called] of cases) {
  test(`keeps the block id last: ${place}`, () => {
    for (const [style, written] of [
      ['alt', note.replace('![]', '![A]')],
      ['below', below],
      ['callout', called],
    ] as const) {
      const made = edits(note, style, ['A']);
      assert.equal(applyEdits(note, made), written, style);
      assert.deepEqual(edits(written, style, ['A']), [], `${style}, again`);
      assert.equal(
        write(written, style, 'B'),
        written.replaceAll('A]', 'B]').replace(/\*A\*|- A/, (words) => words.replace('A', 'B')),
      );
      const records = recordEdits(note, made, findImages(note));
      assert.deepEqual(undoEdits(written, records), { text: note, undone: records.length, kept: 0 }, style);
    }
  });
}

test('writes all captions of a line before its block id in any order', () => {
  const note = '![](a) ![](b) ^x\n';
  const written = '![A](a) ![B](b)\n*A*\n*B* ^x\n';
  assert.equal(write(note, 'below', 'A', 'B'), written);
  assert.equal(write(write(note, 'below', 'A'), 'below', null, 'B'), written);
  assert.equal(write(write(note, 'below', null, 'B'), 'below', 'A'), written);
});

test('keeps the style of lines next to a block id', () => {
  assert.equal(write('![A](a)\n*A* ^x\n', 'callout', 'B'), '![B](a)\n*B* ^x\n');
  assert.equal(write('![A](a) ^x\n> [!image]- A\n', 'below', 'B'), '![B](a) ^x\n> [!image]- B\n');
  assert.equal(
    write('![A](a) ![](b)\n*A* ^x\n', 'callout', 'A', 'B'),
    '![A](a) ![B](b)\n*A* ^x\n> [!image]- B\n',
  );
});

test('inserts an answer after the block id as a separate block', () => {
  for (const note of ['![A](a) ^x\n\nb', '![A](a)\n*A* ^x\n\nb', '![A](a)\n^x\n\nb']) {
    const [embed] = findImages(note);
    const edit = embed ? insertBelow(note, embed, ['answer']) : null;
    assert.ok(edit);
    assert.equal(applyEdits(note, [edit]), note.replace('^x', '^x\n\nanswer'));
  }
});
