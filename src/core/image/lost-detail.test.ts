import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { drawPhoto } from '../../../test/bench/photo.ts';
import { crossingLines, largeLetters, thinLine } from '../../../test/pages.ts';
import { createSharpCodec } from '../../node/sharp-codec.ts';
import type { GrayImage, PixelSize } from '../ports.ts';
import { FINE_DETAIL, lostDetail, measuredSize } from './lost-detail.ts';

const codec = createSharpCodec();
const never = new AbortController().signal;

/** Returns the share of detail lost when an image is sent with the given longer side. */
async function lost(file: Buffer, edge: number): Promise<number> {
  const gray = await codec.gray(new Uint8Array(file), measuredSize, never);
  const scale = Math.min(1, edge / Math.max(gray.source.width, gray.source.height));
  return lostDetail(gray, { width: gray.source.width * scale, height: gray.source.height * scale });
}

/** Draws an image from the gray level of each pixel. */
function draw(source: PixelSize, level: (x: number, y: number) => number): GrayImage {
  const { width, height } = source;
  const pixels = Uint8Array.from({ length: width * height }, (_, at) =>
    level(at % width, Math.floor(at / width)),
  );
  return { pixels, width, height, source };
}

test('reports a loss for thin lines and small print but not for large letters and photos', async () => {
  const dense = await readFile(new URL('../../../test/fixtures/dense-screenshot.png', import.meta.url));
  const above = { dense, line: await thinLine(), crossing: await crossingLines(1600, 900) };
  for (const [name, file] of Object.entries(above)) {
    const share = await lost(file, 896);
    assert.ok(share > FINE_DETAIL, `${name}: ${share}`);
  }
  for (const [name, file] of Object.entries({ letters: await largeLetters(), photo: await drawPhoto() })) {
    const share = await lost(file, 896);
    assert.ok(share < FINE_DETAIL / 2, `${name}: ${share}`);
  }
});

test('reports a larger loss for a smaller size, and none for the original size', async () => {
  const file = await crossingLines(1600, 900);
  const shares = await Promise.all([1600, 1200, 896, 448, 224].map((edge) => lost(file, edge)));
  assert.equal(shares[0], 0);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  assert.ok((shares.at(-1) ?? 0) > 0.7);
});

test('reports a loss for a one-pixel line but hardly any for an edge', () => {
  const size = { width: 512, height: 512 };
  const half = { width: 256, height: 256 };
  const line = lostDetail(
    draw(size, (_, y) => (y % 64 === 5 ? 0 : 255)),
    half,
  );
  assert.ok(line > 0.45 && line < 0.7, String(line));
  const area = lostDetail(
    draw(size, (_, y) => (y % 128 < 64 ? 0 : 255)),
    half,
  );
  assert.ok(area < 0.05, String(area));
});

test('reports no loss for a blank page or pure noise', () => {
  const size = { width: 300, height: 300 };
  const small = { width: 60, height: 60 };
  assert.equal(
    lostDetail(
      draw(size, () => 255),
      small,
    ),
    0,
  );
  let state = 1;
  const noise = () => (state = (state * 48_271) % 2_147_483_647) % 256;
  assert.equal(lostDetail(draw(size, noise), small), 0);
});

test('returns a share from 0 to 1 for any image and size', () => {
  const side = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (width, height, toWidth, toHeight, seed) => {
      const gray = draw({ width, height }, (x, y) => ((x * 31 + y * 17 + seed) % 7 === 0 ? 0 : 250));
      const share = lostDetail(gray, { width: toWidth, height: toHeight });
      assert.ok(share >= 0 && share <= 1, String(share));
    }),
  );
});
