import { encode as encodeBmp } from 'fast-bmp';
import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import sharp from 'sharp';
import { NotesightError } from '../../src/core/errors.ts';
import type { PixelSize } from '../../src/core/ports.ts';
import { testBackgrounds } from './backgrounds.ts';
import { testCutFiles } from './cut-files.ts';
import { assertNear, failure, type Fit, pixel } from './fitting.ts';
import { bombs, photo, plain, quarters, svg } from './image-files.ts';

/** The gray pixels of a file, scaled to a size, and the size of the file. */
export type Gray = (
  file: Uint8Array | string,
  size: PixelSize,
) => Promise<{ readonly pixels: ArrayLike<number>; readonly source: PixelSize }>;

/** The contract of every codec that also returns gray pixels. */
export function testGray(gray: Gray): void {
  test('returns perceptual gray pixels, upright, on white, row by row', async () => {
    // Rotated clockwise: white and red are at the top, blue and green at the bottom.
    const file = await quarters(64, 48).withMetadata({ orientation: 6 }).png().toBuffer();
    const drawing = svg('width="48" height="64"', '<path fill="#000" d="M24 0h24v32H24z"/>');
    for (const [name, bytes, levels] of [
      ['png', file, [255, 76, 29, 150]],
      ['svg', drawing, [255, 0, 255, 255]],
    ] as const) {
      const { pixels, source } = await gray(bytes, { width: 24, height: 32 });
      assert.ok(source.height > source.width, name);
      assert.equal(pixels.length, 24 * 32);
      const corners = [0, 23, 31 * 24, 31 * 24 + 23].map((at) => pixels[at] ?? -1);
      assertNear(corners, [...levels], 2);
    }
  });

  test('returns no pixels for bytes that are not an image', async () => {
    await assert.rejects(gray('no image', { width: 5, height: 5 }), /not an image/);
  });
}

/** The contract of every image codec, for the formats that all of them decode. */
export function testImageCodec(fit: Fit): void {
  test('decodes every format upright at its own size', async () => {
    const drawing = quarters(64, 48);
    const files = {
      png: await drawing.clone().png().toBuffer(),
      jpeg: await drawing.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
      webp: await drawing.clone().webp({ lossless: true }).toBuffer(),
      gif: await drawing.clone().gif().toBuffer(),
      avif: await drawing.clone().avif({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
      bmp: bmp(64, 48, await drawing.clone().raw().toBuffer()),
    };
    for (const [kind, bytes] of Object.entries(files)) {
      const fitted = await fit(bytes);
      assert.deepEqual([fitted.width, fitted.height], [64, 48], kind);
      assertNear(await pixel(fitted, 10, 10), [255, 0, 0], 12);
      assertNear(await pixel(fitted, 50, 10), [0, 255, 0], 12);
      assertNear(await pixel(fitted, 50, 40), [0, 0, 255], 12);
      assertNear(await pixel(fitted, 10, 40), [255, 255, 255], 12);
    }
  });

  test('crops a region of the upright image at full resolution', async () => {
    const file = await quarters(64, 48).withMetadata({ orientation: 6 }).png().toBuffer();
    // Rotated clockwise: white and red are at the top, blue and green at the bottom.
    const fitted = await fit(file, undefined, { x: 24, y: 0, width: 100, height: 32 });
    assert.deepEqual(
      [fitted.source.width, fitted.source.height, fitted.width, fitted.height],
      [24, 32, 24, 32],
    );
    assertNear(await pixel(fitted, 2, 2), [255, 0, 0]);
    assertNear(await pixel(fitted, 21, 29), [255, 0, 0]);
    const below = await fit(file, undefined, { x: 0, y: 32, width: 24, height: 32 });
    assertNear(await pixel(below, 12, 16), [0, 0, 255]);
    const { source } = await fit(file, undefined, { x: 1.2, y: 2.7, width: 2.5, height: 1.1 });
    assert.deepEqual([source.width, source.height], [3, 2]);
  });

  test('renders a region of a drawing sharply', async () => {
    const drawing = svg('width="64" height="48"', '<path fill="#00f" d="M32 24h32v24h-32z"/>');
    const whole = await fit(drawing);
    const { width, height } = whole.source;
    const region = { x: width / 2, y: height / 2, width: width / 4, height: height / 4 };
    const fitted = await fit(drawing, { width: 40, height: 30 }, region);
    assert.deepEqual([fitted.source.width, fitted.source.height], [width / 4, height / 4]);
    assertNear(await pixel(fitted, 1, 1), [0, 0, 255]);
    assertNear(await pixel(fitted, 38, 28), [0, 0, 255]);
  });

  test('rejects a region outside the image', async () => {
    const file = await quarters(64, 48).png().toBuffer();
    for (const region of [
      { x: 64, y: 0, width: 5, height: 5 },
      { x: -9, y: 0, width: 5, height: 5 },
      { x: 5, y: 5, width: 0, height: 5 },
    ]) {
      assert.equal((await failure(fit(file, undefined, region))).code, 'region_outside');
    }
  });

  test('uses the first frame of an animation', async () => {
    const frames = await Promise.all(['#f00', '#00f'].map((color) => plain(20, 20, color).png().toBuffer()));
    const moving = sharp(frames, { join: { animated: true } });
    for (const bytes of [await moving.gif().toBuffer(), await moving.webp({ lossless: true }).toBuffer()]) {
      const fitted = await fit(bytes);
      assert.deepEqual([fitted.width, fitted.height], [20, 20]);
      assertNear(await pixel(fitted, 10, 10), [255, 0, 0]);
    }
  });

  test('applies each of the eight EXIF orientations', async () => {
    const upright = { red: [10, 5], green: [30, 5], blue: [30, 25], white: [10, 25] } as const;
    const colors = {
      red: [255, 0, 0],
      green: [0, 255, 0],
      blue: [0, 0, 255],
      white: [255, 255, 255],
    } as const;
    // How the upright image is stored in the file, for each orientation: rotated clockwise, then mirrored
    // horizontally.
    const stored = [
      { orientation: 1, turn: 0, mirror: false },
      { orientation: 2, turn: 0, mirror: true },
      { orientation: 3, turn: 180, mirror: false },
      { orientation: 4, turn: 180, mirror: true },
      { orientation: 5, turn: 90, mirror: true },
      { orientation: 6, turn: 270, mirror: false },
      { orientation: 7, turn: 270, mirror: true },
      { orientation: 8, turn: 90, mirror: false },
    ];
    for (const { orientation, turn, mirror } of stored) {
      const turned = sharp(await quarters(40, 30).png().toBuffer()).rotate(turn);
      const laid = sharp(await turned.png().toBuffer()).flop(mirror);
      const bytes = await laid
        .withMetadata({ orientation })
        .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
        .toBuffer();
      const fitted = await fit(bytes);
      assert.deepEqual(fitted.source, { width: 40, height: 30 }, `orientation ${orientation}`);
      for (const color of ['red', 'green', 'blue', 'white'] as const)
        assertNear(await pixel(fitted, upright[color][0], upright[color][1]), [...colors[color]], 20);
      assert.equal((await sharp(fitted.bytes).metadata()).orientation, undefined);
    }
  });

  test('blends transparency with white', async () => {
    const drawing = svg('width="30" height="20"', '<path d="M15 0h15v20H15z"/>');
    for (const bytes of [drawing, await sharp(Buffer.from(drawing)).png().toBuffer()])
      assertNear(await pixel(await fit(bytes, { width: 30, height: 20 }), 5, 5), [255, 255, 255], 0);
    const half = await plain(30, 20, { r: 0, g: 0, b: 0, alpha: 0.5 }).webp({ lossless: true }).toBuffer();
    assertNear(await pixel(await fit(half), 5, 5), [127, 127, 127], 2);
  });

  testBackgrounds(fit);

  test('converts 16-bit, gray, CMYK and wide-gamut images to 8-bit sRGB without metadata', async () => {
    const red = plain(32, 32, '#c02010');
    const files = {
      'sixteen bits': await red.clone().toColorspace('rgb16').png().toBuffer(),
      CMYK: await red.clone().toColorspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      'Display P3': await red
        .clone()
        .withIccProfile('p3')
        .withExif({ IFD0: { Copyright: 'me' } })
        .png()
        .toBuffer(),
      'a P3 photo': await red
        .clone()
        .withIccProfile('p3')
        .withExif({ IFD0: { Copyright: 'me' } })
        .jpeg({ quality: 100 })
        .toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const fitted = await fit(bytes);
      assertNear(await pixel(fitted, 16, 16), [192, 32, 16], name === 'CMYK' ? 40 : 6);
      const { depth, space, exif } = await sharp(fitted.bytes).metadata();
      assert.deepEqual({ depth, space, exif }, { depth: 'uchar', space: 'srgb', exif: undefined }, name);
      assert.equal((await sharp(fitted.bytes).stats()).isOpaque, true, name);
    }
    const gray = await fit(await plain(32, 32, '#555555').toColorspace('b-w').png().toBuffer());
    assertNear(await pixel(gray, 16, 16), [85, 85, 85], 1);
  });

  test('encodes line art and text as PNG and photos as JPEG, whatever the input format', async () => {
    assert.equal((await fit(await quarters(200, 100).webp().toBuffer())).type, 'image/png');
    assert.equal((await fit(svg('width="200" height="100"', '<circle r="50"/>'))).type, 'image/png');
    assert.equal((await fit(await photo(200, 100).png().toBuffer())).type, 'image/jpeg');
    assert.equal((await fit(await photo(200, 100).jpeg().toBuffer())).type, 'image/jpeg');
    assert.equal((await fit(await quarters(200, 100).jpeg().toBuffer())).type, 'image/jpeg');
  });

  test('reports the media type of the bytes', async () => {
    for (const bytes of [await quarters(50, 50).png().toBuffer(), await photo(50, 50).png().toBuffer()]) {
      const fitted = await fit(bytes);
      assert.equal(`image/${(await sharp(fitted.bytes).metadata()).format}`, fitted.type);
    }
  });

  test('returns the requested size, and the same bytes for the same image', async () => {
    const files = [
      await photo(90, 60).jpeg().toBuffer(),
      await quarters(90, 60).png().toBuffer(),
      Buffer.from(svg('viewBox="0 0 9 6"', '<path d="M0 0h9v6z"/>')),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 160 }),
        fc.integer({ min: 1, max: 160 }),
        fc.constantFrom(...files),
        async (width, height, file) => {
          const first = await fit(file, { width, height });
          const again = await fit(file, { width, height });
          const { width: realWidth, height: realHeight } = await sharp(first.bytes).metadata();
          assert.deepEqual(
            [first.width, first.height, realWidth, realHeight],
            [width, height, width, height],
          );
          assert.deepEqual(again, first);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('averages a fine pattern when downscaling it', async () => {
    const stripes = Buffer.alloc(1600 * 1200 * 3);
    for (let at = 0; at < stripes.length; at += 3)
      stripes.fill(Math.floor(at / 3) % 3 === 0 ? 0 : 255, at, at + 3);
    const bytes = await sharp(stripes, { raw: { width: 1600, height: 1200, channels: 3 } })
      .png()
      .toBuffer();
    const fitted = await fit(bytes, { width: 230, height: 170 });
    for (let x = 20; x < 210; x += 13) assertNear(await pixel(fitted, x, 80), [170, 170, 170], 25);
  });

  test('rounds a size below one pixel up to one', async () => {
    const fitted = await fit(await plain(400, 2, '#000').png().toBuffer(), { width: 99.6, height: 0.4 });
    assert.deepEqual([fitted.width, fitted.height], [100, 1]);
  });

  test('accepts an image of one pixel', async () => {
    const fitted = await fit(await plain(1, 1, '#f00').png().toBuffer());
    assert.deepEqual([fitted.width, fitted.height, await pixel(fitted, 0, 0)], [1, 1, [255, 0, 0]]);
  });

  test('rejects a broken file or one that is not an image', async () => {
    const whole = {
      png: await photo(300, 200).png().toBuffer(),
      jpeg: await photo(300, 200).jpeg().toBuffer(),
      webp: await photo(300, 200).webp().toBuffer(),
      gif: await photo(300, 200).gif().toBuffer(),
      avif: await photo(300, 200).avif({ effort: 0 }).toBuffer(),
      bmp: bmp(9, 9, new Uint8Array(243)),
    };
    for (const [kind, bytes] of Object.entries(whole)) {
      const error = await failure(fit(bytes.subarray(0, bytes.length * 0.3)));
      assert.equal(error.code, 'image_unreadable', kind);
      if (kind !== 'avif' && kind !== 'bmp') continue;
      assert.deepEqual(error.data, { kind });
      assert.ok(error.cause instanceof Error);
    }
    for (const drawing of ['<svg', svg('width="0" height="0"')])
      assert.equal((await failure(fit(drawing))).code, 'image_unreadable', drawing);
  });

  test('reports that a file is empty, zeros or text when it is not an image', async () => {
    for (const [fault, bytes] of [
      ['empty', ''],
      ['zeros', new Uint8Array(5000)],
      ['text', 'a text file that is called a.png'],
      ['text', 'Изображение'],
      ['text', '\uFEFFимя'],
      ['unknown', new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 0xff, 1])],
      ['unknown', 'ELF\0'],
    ] as const) {
      const { code, data } = await failure(fit(bytes));
      assert.deepEqual([code, data['fault']], ['image_unreadable', fault]);
    }
  });

  testCutFiles(fit);

  test('ignores minor decoder warnings', async () => {
    const bytes = await photo(80, 60).jpeg().toBuffer();
    const dirty = Buffer.concat([bytes.subarray(0, -2), Buffer.from([1, 2, 3]), bytes.subarray(-2)]);
    assert.equal((await fit(dirty)).width, 80);
  });

  test('rejects an icon as unsupported', async () => {
    const icon = await failure(fit('\0\0\x01\0\x01\0'));
    assert.deepEqual([icon.code, icon.data], ['image_unsupported', { kind: 'ico' }]);
  });

  test('rejects too many pixels before decoding', async () => {
    for (const [kind, bytes] of Object.entries(await bombs())) {
      const error = await failure(fit(bytes));
      assert.equal(error.code, 'image_too_large', kind);
      assert.ok(
        Number(error.data['width']) * Number(error.data['height']) > Number(error.data['maxPixels']),
        kind,
      );
    }
  });

  test('renders a drawing sharply at the requested size, whatever its own size', async () => {
    const stripes = '<path d="M0 0h12v16h-12z"/>';
    for (const drawing of [
      svg('width="24" height="16"', stripes),
      svg('viewBox="0 0 24 16"', stripes),
      svg('width="100%" height="100%" viewBox="0 0 24 16"', stripes),
    ]) {
      const fitted = await fit(drawing, { width: 1200, height: 800 });
      assert.deepEqual(fitted.source, { width: 2048, height: 1365 });
      assertNear(await pixel(fitted, 598, 400), [0, 0, 0], 2);
      assertNear(await pixel(fitted, 601, 400), [255, 255, 255], 2);
    }
    const giant = await fit(
      svg('width="1000000" height="1000000"', '<rect width="500000" height="1000000"/>'),
      { width: 512, height: 512 },
    );
    assert.deepEqual(giant.source, { width: 4096, height: 4096 });
    assertNear(await pixel(giant, 100, 100), [0, 0, 0], 2);
    assertNear(await pixel(giant, 400, 100), [255, 255, 255], 2);
  });

  test('renders embedded images of a drawing but loads nothing from the network', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end();
    });
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      const web = `http://127.0.0.1:${address.port}/red`;
      const size = 'width="50" height="50"';
      const image = (href: string) => svg(size, `<image ${href} ${size}/>`);
      for (const drawing of [
        image(`href="${web}.png"`),
        image(`xlink:href="${web}.png"`),
        image(`href="${web}.svg"`),
        svg(size, `<use href="${web}.svg#a"/>`),
        svg(size, `<style>@import url("${web}.css");</style>`),
        svg(size, `<script href="${web}.js"/>`),
        svg(size, `<rect ${size} fill="url(${web}.svg#a) white"/>`),
        svg(
          size,
          `<style>@font-face{font-family:a;src:url(${web}.woff)}</style><text font-family="a"> </text>`,
        ),
        `<?xml-stylesheet href="${web}.css"?>${svg(size)}`,
        `<!DOCTYPE svg SYSTEM "${web}.dtd">${svg(size)}`,
        `<!DOCTYPE svg [<!ENTITY % red SYSTEM "${web}.dtd"> %red;]>${svg(size)}`,
      ]) {
        const error: unknown = await fit(drawing, { width: 50, height: 50 }).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error instanceof NotesightError) assert.match(error.code, /^image_(unreadable|blank)$/, drawing);
        else assert.equal(error, null, drawing);
      }
      assert.equal(asked, 0);
      const red = await plain(50, 50, '#f00').png().toBuffer();
      const own = await fit(image(`href="data:image/png;base64,${red.toString('base64')}"`), {
        width: 50,
        height: 50,
      });
      assert.deepEqual(await pixel(own, 25, 25), [255, 0, 0]);
    } finally {
      server.close();
    }
  });

  test('rejects a drawing with exponentially expanding entities', async () => {
    const names = Array.from('abcdefghij');
    const entities = names.map(
      (name, at) => `<!ENTITY ${name} "${at === 0 ? '<g/>' : `&${names[at - 1] ?? ''};`.repeat(10)}">`,
    );
    const laughs = `<!DOCTYPE svg [${entities.join('')}]>${svg('width="9" height="9"', '&j;')}`;
    assert.equal((await failure(fit(laughs))).code, 'image_unreadable');
  });
}

function bmp(width: number, height: number, rgb: Uint8Array): Buffer {
  const image = { width, height, channels: 3, components: 3, bitsPerPixel: 24, data: rgb };
  return Buffer.from(encodeBmp(image));
}
