import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { assertNear, failure, type Fit, pixel } from './fitting.ts';
import { photo, svg } from './image-files.ts';

const WHITE = [255, 255, 255];

/** The behavior of every codec with truncated files. */
export function testCutFiles(fit: Fit): void {
  test('decodes a JPEG that lacks its end marker, baseline or progressive, in color or gray', async () => {
    const { jpeg, progressive, gray } = await picture();
    for (const whole of [jpeg, progressive, gray]) {
      const expected = await fit(whole);
      for (const bytes of [whole.subarray(0, -2), whole.subarray(0, -5)]) {
        const fitted = await fit(bytes);
        assert.equal(fitted.incomplete, true);
        assert.deepEqual([fitted.width, fitted.height], [320, 200]);
        for (const [x, y] of [
          [40, 40],
          [280, 40],
          [40, 190],
        ] as const)
          assertNear(await pixel(fitted, x, y), await pixel(expected, x, y), 3);
      }
    }
  });

  test('decodes the intact rows of a truncated file and fills the rest with white', async () => {
    const { jpeg, png, interlaced, gif, webp, lossless } = await picture();
    for (const [kind, whole] of Object.entries({ jpeg, png, gif, webp, lossless })) {
      const expected = await fit(whole);
      for (const share of [0.95, 0.6]) {
        const fitted = await fit(whole.subarray(0, whole.length * share));
        const what = `${kind} ${share}`;
        assert.equal(fitted.incomplete, true, what);
        for (const x of [40, 160, 280])
          assertNear(await pixel(fitted, x, 40), await pixel(expected, x, 40), 8);
        if (share < 0.9) assertNear(await pixel(fitted, 160, 190), WHITE, 0);
      }
    }
    const fitted = await fit(interlaced.subarray(0, interlaced.length * 0.6));
    assert.equal(fitted.incomplete, true);
  });

  test('decodes a truncated progressive JPEG completely, as sharp as its scans', async () => {
    const { progressive } = await picture();
    for (const share of [0.95, 0.6, 0.3]) {
      // An interrupted download may leave zeros at the end.
      const cut = progressive.subarray(0, progressive.length * share);
      const fitted = await fit(Buffer.concat([cut, Buffer.alloc(share < 0.9 ? 3000 : 0)]));
      assert.equal(fitted.incomplete, true);
      assertNear(await pixel(fitted, 40, 160), [40, 60, 200], 60);
    }
  });

  test('rejects a truncated file if most of it is missing', async () => {
    const { jpeg, png, gif, webp, lossless } = await picture();
    for (const [kind, whole] of Object.entries({ jpeg, png, gif, webp, lossless })) {
      for (const share of [0.3, 0.05]) {
        const { code, data } = await failure(fit(whole.subarray(0, whole.length * share)));
        assert.deepEqual([code, data], ['image_unreadable', { fault: 'cut' }], `${kind} ${share}`);
      }
    }
  });

  test('refuses a file that ends before its first pixel', async () => {
    const { jpeg, png, gif, webp } = await picture();
    for (const whole of [jpeg, png, gif, webp])
      assert.equal((await failure(fit(whole.subarray(0, 40)))).code, 'image_unreadable');
  });

  test('rotates a truncated photo upright together with its missing rows', async () => {
    const sideways = await (await colors()).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const fitted = await fit(sideways.subarray(0, sideways.length * 0.6));
    assert.deepEqual([fitted.width, fitted.height], [200, 320]);
    // The last rows of the file are on the left.
    assertNear(await pixel(fitted, 5, 160), WHITE, 0);
    assertNear(await pixel(fitted, 190, 40), [200, 60, 40], 60);
  });

  test('fills the same missing part in a region', async () => {
    const { jpeg } = await picture();
    const fitted = await fit(jpeg.subarray(0, jpeg.length * 0.6), undefined, {
      x: 100,
      y: 20,
      width: 100,
      height: 180,
    });
    assert.equal(fitted.incomplete, true);
    assertNear(await pixel(fitted, 50, 170), WHITE, 0);
    assertNear(await pixel(fitted, 10, 5), await pixel(await fit(jpeg), 110, 25), 30);
  });

  test('fills the missing part of a PNG with a palette with white', async () => {
    const whole = await (await colors()).png({ palette: true, colors: 32 }).toBuffer();
    const fitted = await fit(whole.subarray(0, whole.length * 0.6));
    assert.equal(fitted.incomplete, true);
    assertNear(await pixel(fitted, 160, 190), WHITE, 0);
  });

  test('does not mark a complete file as incomplete', async () => {
    for (const [kind, bytes] of Object.entries(await picture()))
      assert.equal((await fit(bytes)).incomplete, undefined, kind);
  });
}

/**
 * Red and green at the top, blue and yellow at the bottom, with noise so that every row takes about the same number
 * of bytes.
 */
async function colors(): Promise<Sharp> {
  const parts = svg(
    'width="320" height="200"',
    '<path fill="#c83c28" d="M0 0h160v100H0z"/><path fill="#28b43c" d="M160 0h160v100H160z"/>' +
      '<path fill="#283cc8" d="M0 100h160v100H0z"/><path fill="#dcc828" d="M160 100h160v100H160z"/>',
  );
  const drawn = sharp(Buffer.from(parts)).composite([
    { input: await photo(320, 200).png().toBuffer(), blend: 'soft-light' },
  ]);
  return sharp(await drawn.removeAlpha().png().toBuffer()).removeAlpha();
}

async function picture() {
  const image = await colors();
  return {
    jpeg: await image.clone().jpeg({ quality: 90 }).toBuffer(),
    progressive: await image.clone().jpeg({ quality: 90, progressive: true }).toBuffer(),
    gray: await image.clone().grayscale().jpeg({ quality: 90 }).toBuffer(),
    png: await image.clone().png().toBuffer(),
    interlaced: await image.clone().png({ progressive: true }).toBuffer(),
    gif: await image.clone().gif().toBuffer(),
    webp: await image.clone().webp({ quality: 90 }).toBuffer(),
    lossless: await image.clone().webp({ lossless: true }).toBuffer(),
  };
}
