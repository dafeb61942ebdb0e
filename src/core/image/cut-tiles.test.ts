import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INPUT_RULES, LLAVA_TILES, UNKNOWN_MODEL } from '../model/families/input-rules.ts';
import { inputSize } from '../model/families/input-size.ts';
import type { PixelSize } from '../ports.ts';
import { cutTiles } from './cut-tiles.ts';

const rules = [...INPUT_RULES.map(({ rule }) => rule), LLAVA_TILES, UNKNOWN_MODEL];
const side = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 20_000 }));
const cases = fc.record({ rule: fc.constantFrom(...rules), width: side, height: side });

const MAX_TILES = 9;

const gemma3 = ({ width, height }: PixelSize): PixelSize => {
  const scale = Math.min(1, 896 / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

test('covers the whole image with a limited number of tiles', () => {
  fc.assert(
    fc.property(cases, ({ rule, width, height }) => {
      const { rows, columns, tiles } = cutTiles(
        { width, height },
        (source) => inputSize(rule, source),
        MAX_TILES,
      );
      assert.equal(tiles.length, rows * columns);
      assert.ok(tiles.length <= MAX_TILES);
      for (const tile of tiles) {
        for (const value of Object.values(tile)) assert.ok(Number.isInteger(value) && value >= 0);
        assert.ok(tile.width > 0 && tile.x + tile.width <= width && tile.y + tile.height <= height);
      }
      for (let row = 0; row < rows; row++) {
        const across = tiles.filter((tile) => tile.row === row);
        assert.equal(across[0]?.x, 0);
        assert.equal((across.at(-1)?.x ?? 0) + (across.at(-1)?.width ?? 0), width);
      }
      for (let column = 0; column < columns; column++) {
        const down = tiles.filter((tile) => tile.column === column);
        assert.equal(down[0]?.y, 0);
        assert.equal((down.at(-1)?.y ?? 0) + (down.at(-1)?.height ?? 0), height);
      }
    }),
  );
});

test('overlaps neighboring tiles by about a tenth', () => {
  fc.assert(
    fc.property(cases, ({ rule, width, height }) => {
      const { tiles } = cutTiles({ width, height }, (source) => inputSize(rule, source), MAX_TILES);
      for (const one of tiles) {
        const right = tiles.find(({ row, column }) => row === one.row && column === one.column + 1);
        if (right !== undefined && one.width > 40)
          assert.ok(one.x + one.width - right.x >= one.width * 0.06, JSON.stringify([one, right]));
        const below = tiles.find(({ row, column }) => row === one.row + 1 && column === one.column);
        if (below !== undefined && one.height > 40)
          assert.ok(one.y + one.height - below.y >= one.height * 0.06, JSON.stringify([one, below]));
      }
    }),
  );
});

test('never enlarges a tile, and shrinks it only when the limit requires it', () => {
  fc.assert(
    fc.property(cases, ({ rule, width, height }) => {
      const size = (source: PixelSize) => inputSize(rule, source);
      const { tiles } = cutTiles({ width, height }, size, MAX_TILES);
      const whole = size({ width, height });
      for (const tile of tiles) {
        const sent = size(tile);
        // Any tile has a higher resolution than the whole image.
        assert.ok(sent.width / tile.width >= (whole.width / width) * 0.9);
        if (rule.kind === 'fixed' && Math.min(width, height) >= 32)
          assert.ok(Math.max(sent.width, sent.height) <= Math.max(rule.side, 32), JSON.stringify(sent));
      }
    }),
  );
});

test('uses as few tiles as full resolution requires', () => {
  const grid = (width: number, height: number) => {
    const { columns, rows } = cutTiles({ width, height }, gemma3, MAX_TILES);
    return [columns, rows];
  };
  assert.deepEqual(grid(896, 600), [1, 1]);
  assert.deepEqual(grid(1600, 900), [2, 1]);
  assert.deepEqual(grid(1680, 1050), [2, 2]);
  assert.deepEqual(grid(800, 5000), [1, 6]);
  // Twelve tiles would fit; nine are shrunk slightly.
  assert.deepEqual(grid(3200, 2400), [3, 3]);
});
