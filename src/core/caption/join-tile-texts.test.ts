import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinTileTexts } from './join-tile-texts.ts';

/** The texts of the parts of a grid, row by row. */
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

test('lines in the overlap of two parts, one above the other, come once', () => {
  assert.equal(
    joinTileTexts(grid(1, ['First\nSecond\nThird', 'Second\nthird \nFourth'])),
    'First\nSecond\nThird\nFourth',
  );
  // Short ones, too, where they stand in the same order.
  assert.equal(joinTileTexts(grid(1, ['1\n2\n0', '2\n0\n0'])), '1\n2\n0\n0');
});

test('a line that is cut between two parts side by side is put together', () => {
  assert.equal(
    joinTileTexts(grid(2, ['Scaled dot-product atten\nLeft', 'product attention (1)\nRight'])),
    'Scaled dot-product attention (1)\nLeft\nRight',
  );
});

test('what both parts have whole comes once, and the longer reading of a line stays', () => {
  assert.equal(joinTileTexts(grid(2, ['Title\nA', 'Title\nB'])), 'Title\nA\nB');
  assert.equal(joinTileTexts(grid(2, ['Learning ra', 'Learning rate'])), 'Learning rate');
});

test('short lines, and lines of parts that do not touch, may well stand there twice', () => {
  assert.equal(joinTileTexts(grid(2, ['0\n1', '0\n1'])), '0\n1\n0\n1');
  assert.equal(joinTileTexts(grid(3, ['Total', 'Sum', 'Total'])), 'Total\nSum\nTotal');
});

test('nothing that was read is lost, and empty parts leave nothing', () => {
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
