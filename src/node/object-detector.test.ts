import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import sharp from 'sharp';
import type { FittedImage, DetectedObject, PixelRegion } from '../core/ports.ts';
import { builtRecognizers } from './built-recognizers.ts';
import { createObjectDetector } from './object-detector.ts';

const photos = new URL('../../test/fixtures/photos/', import.meta.url);
const never = new AbortController().signal;
const finder = createObjectDetector(builtRecognizers());
after(() => finder.close());

async function photo(name: string, width?: number): Promise<FittedImage> {
  const { data, info } = await sharp(await readFile(new URL(name, photos)))
    .resize(width)
    .jpeg()
    .toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), type: 'image/jpeg', width: info.width, height: info.height };
}

const labels = (found: readonly DetectedObject[]) => found.map(({ label }) => label).sort();

/** The intersection of two boxes divided by their union. */
function overlap(a: PixelRegion, b: PixelRegion): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(0, width) * Math.max(0, height);
  return both / (a.width * a.height + b.width * b.height - both);
}

test('detects a person and her face in an image of any size', async () => {
  for (const width of [512, 2400]) {
    const found = await finder.look(await photo('astronaut.jpg', width), never);
    assert.deepEqual(labels(found), ['face', 'person']);
    const scale = width / 512;
    const face = { x: 155 * scale, y: 60 * scale, width: 140 * scale, height: 140 * scale };
    const box = found.find(({ label }) => label === 'face')?.box ?? assert.fail();
    assert.ok(overlap(box, face) > 0.6, JSON.stringify(box));
    for (const { score, box: each } of found) {
      assert.ok(score >= 0.45 && score <= 1, String(score));
      assert.ok(each.x >= 0 && each.x + each.width <= width && each.y + each.height <= width);
    }
  }
});

test('names an object, and detects nothing in an image without one', async () => {
  assert.deepEqual(labels(await finder.look(await photo('coffee.jpg'), never)), ['cup']);
  assert.deepEqual(await finder.look(await photo('rocket.jpg'), never), []);
});

test('rejects bytes that are not an image and continues with the next image', async () => {
  const broken: FittedImage = { bytes: new Uint8Array([1, 2, 3]), type: 'image/png', width: 9, height: 9 };
  const [first, second] = await Promise.allSettled([
    finder.look(broken, never),
    finder.look(await photo('coffee.jpg'), never),
  ]);
  assert.equal(first.status === 'rejected' && (first.reason as { code?: unknown }).code, 'image_unreadable');
  assert.deepEqual(second.status === 'fulfilled' && labels(second.value), ['cup']);
});

test('cancels a stopped detection and continues with the next image', async () => {
  const image = await photo('astronaut.jpg');
  const stop = new AbortController();
  const stopped = finder.look(image, stop.signal);
  setImmediate(() => {
    stop.abort();
  });
  await assert.rejects(stopped, { code: 'cancelled' });
  assert.deepEqual(labels(await finder.look(image, never)), ['face', 'person']);
});
