import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinTileTexts } from './join-tile-texts.ts';

/** The texts of the tiles of a grid, row by row. */
const grid = (columns: number, texts: readonly string[]) =>
  texts.map((text, at) => ({
    place: {
      row: Math.floor(at / columns),
      column: at % columns,
      rows: Math.ceil(texts.length / columns),
      columns,
    },
    text,
  }));

test('keeps one copy of the lines in the overlap of two tiles, one above the other', () => {
  assert.equal(
    joinTileTexts(grid(1, ['First\nSecond\nThird', 'Second\nthird \nFourth'])),
    'First\nSecond\nThird\nFourth',
  );
  // Short lines count as the same, too, if they are in the same order.
  assert.equal(joinTileTexts(grid(1, ['1\n2\n0', '2\n0\n0'])), '1\n2\n0\n0');
});

test('joins a line that is split between two tiles side by side', () => {
  assert.equal(
    joinTileTexts(grid(2, ['Scaled dot-product atten\nLeft', 'product attention (1)\nRight'])),
    'Scaled dot-product attention (1)\nLeft\nRight',
  );
});

test('keeps the longer reading of a line that both tiles contain in full', () => {
  assert.equal(joinTileTexts(grid(2, ['Title\nA', 'Title\nB'])), 'Title\nA\nB');
  assert.equal(joinTileTexts(grid(2, ['Learning ra', 'Learning rate'])), 'Learning rate');
});

test('keeps both copies of short lines and of lines from tiles that do not touch', () => {
  assert.equal(joinTileTexts(grid(2, ['0\n1', '0\n1'])), '0\n1\n0\n1');
  assert.equal(joinTileTexts(grid(3, ['Total', 'Sum', 'Total'])), 'Total\nSum\nTotal');
});

test('keeps all text and ignores empty tiles', () => {
  assert.equal(joinTileTexts(grid(2, ['', ' \n', '', ''])), '');
  const line = fc.stringMatching(/^[a-c ]{1,12}$/).map((text) => text.trim());
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (parts) => {
      const joined = joinTileTexts(
        grid(
          2,
          parts.map((lines) => lines.join('\n')),
        ),
      );
      const plain = (text: string) => text.replace(/\s+/g, ' ');
      for (const each of parts.flat()) assert.ok(plain(joined).includes(plain(each)), `${each} in ${joined}`);
    }),
  );
});
