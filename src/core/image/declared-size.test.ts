import { encode as encodeBmp } from 'fast-bmp';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { declaredSize } from './declared-size.ts';
import { imageKind } from './image-kind.ts';

const width = 301;
const height = 17;
const image = sharp({ create: { width, height, channels: 3, background: '#8040c0' } });
const sheer = image.clone().ensureAlpha(0.5);
const files: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  png: () => image.clone().png().toBuffer(),
  gif: () => image.clone().gif().toBuffer(),
  'lossy WebP': () => image.clone().webp().toBuffer(),
  'lossless WebP': () => image.clone().webp({ lossless: true }).toBuffer(),
  'WebP with alpha': () => sheer.clone().webp().toBuffer(),
  jpeg: () => image.clone().jpeg().toBuffer(),
  'progressive JPEG with a profile': () =>
    image.clone().withIccProfile('p3').jpeg({ progressive: true }).toBuffer(),
  'JPEG that is to be turned': () => image.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  avif: () => sheer.clone().avif({ effort: 0 }).toBuffer(),
  bmp: async () =>
    encodeBmp({
      width,
      height,
      channels: 3,
      components: 3,
      bitsPerPixel: 24,
      data: await image.clone().raw().toBuffer(),
    }),
};

test('reads the stored size in every format', async () => {
  for (const [name, make] of Object.entries(files)) {
    const bytes = await make();
    const kind = imageKind(bytes);
    assert.ok(kind !== null, name);
    assert.deepEqual(declaredSize(bytes, kind), { width, height }, name);
    // A view into a larger buffer.
    const around = new Uint8Array(bytes.length + 7);
    around.set(bytes, 7);
    assert.deepEqual(declaredSize(around.subarray(7), kind), { width, height }, name);
  }
});

test('returns the size or null when a file is truncated anywhere', async () => {
  for (const [name, make] of Object.entries(files)) {
    const bytes = await make();
    const kind = imageKind(bytes);
    assert.ok(kind !== null);
    for (let end = 0; end < Math.min(bytes.length, 1200); end++) {
      const size = declaredSize(bytes.subarray(0, end), kind);
      if (size !== null) assert.deepEqual(size, { width, height }, `${name} of ${end} bytes`);
    }
    assert.equal(declaredSize(bytes.subarray(0, 8), kind), null, name);
  }
});

test('reads a BMP with reversed rows and one with 16-bit sizes', () => {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint32(14, 40, true);
  view.setInt32(18, 5, true);
  view.setInt32(22, -6, true);
  assert.deepEqual(declaredSize(bytes, 'bmp'), { width: 5, height: 6 });
  view.setUint32(14, 12, true);
  view.setUint16(18, 7, true);
  view.setUint16(20, 8, true);
  assert.deepEqual(declaredSize(bytes, 'bmp'), { width: 7, height: 8 });
});

test('skips padding between JPEG markers and ignores pixel data', () => {
  const frame = [0xff, 0xff, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 4];
  assert.deepEqual(declaredSize(Uint8Array.from([0xff, 0xd8, ...frame]), 'jpeg'), { width: 4, height: 9 });
  assert.equal(declaredSize(Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, ...frame]), 'jpeg'), null);
});

test('returns null for a drawing, a TIFF and an icon', () => {
  for (const kind of ['svg', 'tiff', 'ico'] as const)
    assert.equal(declaredSize(new Uint8Array(64), kind), null);
});
