import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleRegion } from './scale-region.ts';

test('keeps the position of a region', () => {
  const part = { x: 10, y: 20, width: 30, height: 40 };
  assert.deepEqual(scaleRegion(part, { width: 100, height: 100 }, { width: 200, height: 50 }), {
    x: 20,
    y: 10,
    width: 60,
    height: 20,
  });
});

test('clips a region to the image and keeps at least one pixel', () => {
  const size = { width: 100, height: 100 };
  assert.deepEqual(scaleRegion({ x: -5.4, y: 90, width: 20, height: 33 }, size, size), {
    x: 0,
    y: 90,
    width: 15,
    height: 10,
  });
  assert.deepEqual(scaleRegion({ x: 99, y: 50, width: 0.2, height: 0.2 }, size, { width: 10, height: 10 }), {
    x: 9,
    y: 5,
    width: 1,
    height: 1,
  });
});

test('returns a region within the target size', () => {
  const edge = fc.integer({ min: 1, max: 20_000 });
  const size = fc.record({ width: edge, height: edge });
  const at = fc.double({ min: -50_000, max: 50_000, noNaN: true });
  const length = fc.double({ min: 0, max: 50_000, noNaN: true });
  fc.assert(
    fc.property(fc.record({ x: at, y: at, width: length, height: length }), size, size, (part, from, to) => {
      const { x, y, width, height } = scaleRegion(part, from, to);
      assert.ok([x, y, width, height].every(Number.isInteger));
      assert.ok(x >= 0 && y >= 0 && width >= 1 && height >= 1);
      assert.ok(x + width <= to.width && y + height <= to.height);
    }),
  );
});
