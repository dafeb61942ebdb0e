import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLineArt } from './line-art.ts';

const size = { width: 300, height: 200 };

function draw(color: (x: number, y: number) => readonly [number, number, number]): Uint8Array {
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) rgb.set(color(x, y), (y * size.width + x) * 3);
  return rgb;
}

/** A fixed sequence that makes the test deterministic. */
function noise(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('detects areas of one color as line art, even with many lines', () => {
  assert.equal(
    isLineArt(
      draw((x, y) => (x % 9 === 0 || y % 7 === 0 ? [0, 0, 0] : [255, 255, 255])),
      size,
    ),
    true,
  );
});

test('detects a vertical or horizontal gradient as line art', () => {
  assert.equal(
    isLineArt(
      draw((_, y) => [y, y, 255]),
      size,
    ),
    true,
  );
  assert.equal(
    isLineArt(
      draw((x) => [x % 256, 0, 255]),
      size,
    ),
    true,
  );
});

test('detects sensor noise as a photo, even in a smooth scene', () => {
  const random = noise();
  const grain = () => Math.round(random() * 4);
  assert.equal(
    isLineArt(
      draw((x, y) => [x / 2 + grain(), y / 2 + grain(), 90 + grain()]),
      size,
    ),
    false,
  );
});

test('detects a photo that fills half of a white page', () => {
  const random = noise();
  const grain = () => Math.round(random() * 40);
  assert.equal(
    isLineArt(
      draw((x) => (x < 150 ? [255, 255, 255] : [grain(), grain(), grain()])),
      size,
    ),
    false,
  );
});

test('detects a single pixel as line art', () => {
  assert.equal(isLineArt(new Uint8Array([1, 2, 3]), { width: 1, height: 1 }), true);
});
