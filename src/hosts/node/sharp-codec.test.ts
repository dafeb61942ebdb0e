import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { encode as encodeBmp } from 'fast-bmp';
import sharp from 'sharp';
import { NotesightError } from '../../core/errors.ts';
import { MAX_IMAGE_BYTES } from '../../core/image/limits.ts';
import type { FittedImage, PixelSize } from '../../core/ports.ts';
import { createSharpCodec } from './sharp-codec.ts';

const codec = createSharpCodec();
const never = new AbortController().signal;
const asItIs = (source: PixelSize) => source;

function fit(
  bytes: Uint8Array | string,
  size: (source: PixelSize) => PixelSize = asItIs,
): Promise<FittedImage> {
  return codec.fit(
    typeof bytes === 'string' ? new TextEncoder().encode(bytes) : new Uint8Array(bytes),
    size,
    never,
  );
}

/** The error, its words checked to be ours and not a decoder's. */
async function failure(fitting: Promise<FittedImage>): Promise<NotesightError> {
  const error: unknown = await fitting.then(
    () => assert.fail('it was fitted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof NotesightError, String(error));
  assert.doesNotMatch(error.message, /vips|sharp|buffer|unsupported image format|libpng|pixel limit/i);
  return error;
}

async function pixel(image: FittedImage, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(image.bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
}

function assertNear(actual: number[], expected: number[], tolerance = 6): void {
  assert.ok(
    actual.length === expected.length &&
      actual.every((value, at) => Math.abs(value - (expected[at] ?? NaN)) <= tolerance),
    `${actual.join()} is not near ${expected.join()}`,
  );
}

const plain = (
  width: number,
  height: number,
  background: string | { r: number; g: number; b: number; alpha: number },
) => sharp({ create: { width, height, channels: typeof background === 'string' ? 3 : 4, background } });
const photo = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });
/** Red, green, blue and white quarters, clockwise from the top left. */
const quarters = (width: number, height: number) => {
  const rect = (x: number, y: number, fill: string) =>
    `<rect x="${x}" y="${y}" width="${width / 2}" height="${height / 2}" fill="${fill}"/>`;
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rect(0, 0, '#f00')}${rect(width / 2, 0, '#0f0')}${rect(width / 2, height / 2, '#00f')}${rect(0, height / 2, '#fff')}</svg>`,
    ),
  ).removeAlpha();
};
const svg = (attributes: string, inside = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;

test('every format we know is decoded, upright and at its own size', async () => {
  const drawing = quarters(64, 48);
  const files = {
    png: await drawing.clone().png().toBuffer(),
    jpeg: await drawing.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    webp: await drawing.clone().webp({ lossless: true }).toBuffer(),
    gif: await drawing.clone().gif().toBuffer(),
    avif: await drawing.clone().avif({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    tiff: await drawing.clone().tiff().toBuffer(),
    bmp: encodeBmp({
      width: 64,
      height: 48,
      channels: 3,
      components: 3,
      bitsPerPixel: 24,
      data: await drawing.clone().raw().toBuffer(),
    }),
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

test('the first frame of a moving picture is taken', async () => {
  const frames = await Promise.all(['#f00', '#00f'].map((colour) => plain(20, 20, colour).png().toBuffer()));
  for (const bytes of [
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    await sharp(frames, { join: { animated: true } })
      .webp({ lossless: true })
      .toBuffer(),
  ]) {
    const fitted = await fit(bytes);
    assert.deepEqual([fitted.width, fitted.height], [20, 20]);
    assertNear(await pixel(fitted, 10, 10), [255, 0, 0]);
  }
});

test('each of the eight EXIF orientations is turned upright, and the size is asked for upright', async () => {
  const upright = { red: [10, 5], green: [30, 5], blue: [30, 25], white: [10, 25] } as const;
  const colours = {
    red: [255, 0, 0],
    green: [0, 255, 0],
    blue: [0, 0, 255],
    white: [255, 255, 255],
  } as const;
  // How the upright picture lies in the file, for each orientation: turned clockwise, then mirrored left to right.
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
    let asked: PixelSize | undefined;
    const fitted = await fit(bytes, (source) => (asked = source));
    assert.deepEqual(asked, { width: 40, height: 30 }, `orientation ${orientation}`);
    for (const colour of ['red', 'green', 'blue', 'white'] as const)
      assertNear(await pixel(fitted, upright[colour][0], upright[colour][1]), [...colours[colour]], 20);
    assert.equal((await sharp(fitted.bytes).metadata()).orientation, undefined);
  }
});

test('what is see-through becomes white, half of it half white', async () => {
  const clear = await plain(30, 20, { r: 0, g: 0, b: 0, alpha: 0 }).png().toBuffer();
  assertNear(await pixel(await fit(clear), 5, 5), [255, 255, 255], 0);
  const half = await plain(30, 20, { r: 0, g: 0, b: 0, alpha: 0.5 }).webp({ lossless: true }).toBuffer();
  assertNear(await pixel(await fit(half), 5, 5), [127, 127, 127], 2);
  assertNear(await pixel(await fit(svg('width="30" height="20"')), 5, 5), [255, 255, 255], 0);
});

test('16 bits, grey, CMYK and wide colours become 8-bit sRGB without metadata', async () => {
  const red = plain(32, 32, '#c02010');
  const files = {
    'sixteen bits': await red.clone().toColourspace('rgb16').png().toBuffer(),
    CMYK: await red.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
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
    const { depth, channels, space, hasProfile, exif } = await sharp(fitted.bytes).metadata();
    assert.deepEqual(
      { depth, channels, space, hasProfile, exif },
      { depth: 'uchar', channels: 3, space: 'srgb', hasProfile: false, exif: undefined },
      name,
    );
  }
  const grey = await fit(await plain(32, 32, '#555555').toColourspace('b-w').png().toBuffer());
  assertNear(await pixel(grey, 16, 16), [85, 85, 85], 1);
});

test('line art and text is sent as PNG, a photo as JPEG, whatever the file was', async () => {
  assert.equal((await fit(await quarters(200, 100).webp().toBuffer())).type, 'image/png');
  assert.equal((await fit(svg('width="200" height="100"', '<circle r="50"/>'))).type, 'image/png');
  assert.equal((await fit(await photo(200, 100).png().toBuffer())).type, 'image/jpeg');
  assert.equal((await fit(await photo(200, 100).jpeg().toBuffer())).type, 'image/jpeg');
});

test('the type that is said is the type of the bytes', async () => {
  for (const bytes of [await quarters(50, 50).png().toBuffer(), await photo(50, 50).png().toBuffer()]) {
    const fitted = await fit(bytes);
    assert.equal(`image/${(await sharp(fitted.bytes).metadata()).format}`, fitted.type);
  }
});

test('the size asked for is the size of the image, and the same image gives the same bytes', async () => {
  const files = [
    await photo(90, 60).jpeg().toBuffer(),
    await quarters(90, 60).png().toBuffer(),
    Buffer.from(svg('viewBox="0 0 9 6"')),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 160 }),
      fc.integer({ min: 1, max: 160 }),
      fc.constantFrom(...files),
      async (width, height, file) => {
        const first = await fit(file, () => ({ width, height }));
        const again = await fit(file, () => ({ width, height }));
        const { width: realWidth, height: realHeight } = await sharp(first.bytes).metadata();
        assert.deepEqual([first.width, first.height, realWidth, realHeight], [width, height, width, height]);
        assert.deepEqual(again, first);
      },
    ),
    { numRuns: 25 },
  );
});

test('a size of less than a pixel is one pixel', async () => {
  const fitted = await fit(await plain(400, 2, '#000').png().toBuffer(), () => ({
    width: 99.6,
    height: 0.4,
  }));
  assert.deepEqual([fitted.width, fitted.height], [100, 1]);
});

test('one pixel is an image', async () => {
  const fitted = await fit(await plain(1, 1, '#f00').png().toBuffer());
  assert.deepEqual([fitted.width, fitted.height, await pixel(fitted, 0, 0)], [1, 1, [255, 0, 0]]);
});

test('a file that is no image, or none that holds together, is unreadable', async () => {
  const whole = {
    png: await photo(300, 200).png().toBuffer(),
    jpeg: await photo(300, 200).jpeg().toBuffer(),
    webp: await photo(300, 200).webp().toBuffer(),
    gif: await photo(300, 200).gif().toBuffer(),
    avif: await photo(300, 200).avif({ effort: 0 }).toBuffer(),
    tiff: await photo(300, 200).tiff().toBuffer(),
    bmp: Buffer.from(
      encodeBmp({
        width: 9,
        height: 9,
        channels: 3,
        components: 3,
        bitsPerPixel: 24,
        data: new Uint8Array(243),
      }),
    ),
  };
  for (const [kind, bytes] of Object.entries(whole)) {
    const error = await failure(fit(bytes.subarray(0, bytes.length / 2)));
    assert.deepEqual([error.code, error.data], ['image_unreadable', { kind }]);
    assert.ok(error.cause instanceof Error);
  }
  for (const bytes of ['', 'a text file that is called a.png', '<html></html>'])
    assert.equal((await failure(fit(bytes))).code, 'image_unreadable');
  for (const drawing of ['<svg', svg(''), svg('width="0" height="0"')])
    assert.equal((await failure(fit(drawing))).code, 'image_unreadable', drawing);
});

test('a HEIC file that is broken is unreadable', async () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and nothing after it', 'latin1');
  assert.deepEqual((await failure(fit(heic))).data, { kind: 'heic' });
});

test('what only bothers a decoder a little is no error', async () => {
  const bytes = await photo(80, 60).jpeg().toBuffer();
  const dirty = Buffer.concat([bytes.subarray(0, -2), Buffer.from([1, 2, 3]), bytes.subarray(-2)]);
  assert.equal((await fit(dirty)).width, 80);
});

test('an icon and a BMP with a palette are unsupported', async () => {
  const icon = await failure(fit('\0\0\x01\0\x01\0'));
  assert.deepEqual([icon.code, icon.data], ['image_unsupported', { kind: 'ico' }]);
  const bmp = Buffer.alloc(200);
  bmp.write('BM');
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(4, 18);
  bmp.writeInt32LE(4, 22);
  bmp.writeUInt16LE(8, 28);
  assert.deepEqual(
    [(await failure(fit(bmp))).code, (await failure(fit(bmp))).data],
    ['image_unsupported', { kind: 'bmp' }],
  );
});

test('too many bytes and too many pixels are refused before anything is decoded', async () => {
  const heavy = await failure(fit(new Uint8Array(MAX_IMAGE_BYTES + 1)));
  assert.deepEqual(
    [heavy.code, heavy.data],
    ['image_too_large', { bytes: MAX_IMAGE_BYTES + 1, maxBytes: MAX_IMAGE_BYTES }],
  );

  const gif = await plain(1, 1, '#000').gif().toBuffer();
  gif.writeUInt16LE(50_000, 6);
  gif.writeUInt16LE(50_000, 8);
  const frame = gif.lastIndexOf(0x2c);
  gif.writeUInt16LE(50_000, frame + 5);
  gif.writeUInt16LE(50_000, frame + 7);
  const webp = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xfe\xbf\xff\x0f\0\0\0\0\0\0\0', 'latin1');
  webp.writeUInt32LE(webp.length - 8, 4);
  webp.writeUInt32LE(webp.length - 20, 16);
  const bmp = Buffer.alloc(200);
  bmp.write('BM');
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(50_000, 18);
  bmp.writeInt32LE(-50_000, 22);
  bmp.writeUInt16LE(24, 28);
  for (const [kind, bytes] of Object.entries({ png: hugePng(50_000, 50_000), gif, webp, bmp })) {
    const error = await failure(fit(bytes));
    assert.equal(error.code, 'image_too_large', kind);
    assert.ok(
      Number(error.data['width']) * Number(error.data['height']) > Number(error.data['maxPixels']),
      kind,
    );
  }
});

test('a drawing is drawn sharp at the size it is wanted, however small or large it calls itself', async () => {
  const stripes = '<path d="M0 0h12v16h-12z"/>';
  for (const drawing of [
    svg('width="24" height="16"', stripes),
    svg('viewBox="0 0 24 16"', stripes),
    svg('width="100%" height="100%" viewBox="0 0 24 16"', stripes),
  ]) {
    let asked: PixelSize | undefined;
    const fitted = await fit(drawing, (source) => {
      asked = source;
      return { width: 1200, height: 800 };
    });
    assert.deepEqual(asked, { width: 2048, height: 1365 });
    assertNear(await pixel(fitted, 598, 400), [0, 0, 0], 2);
    assertNear(await pixel(fitted, 601, 400), [255, 255, 255], 2);
  }
  const giant = await fit(
    svg('width="1000000" height="1000000"', '<rect width="500000" height="1000000"/>'),
    (source) => ({ width: source.width / 8, height: source.height / 8 }),
  );
  assert.deepEqual([giant.width, giant.height], [512, 512]);
  assertNear(await pixel(giant, 100, 100), [0, 0, 0], 2);
  assertNear(await pixel(giant, 400, 100), [255, 255, 255], 2);
});

test('a drawing loads nothing from the disk or the network, but what it carries itself is drawn', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notesight-svg-'));
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end();
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const red = await plain(50, 50, '#f00').png().toBuffer();
    await writeFile(join(folder, 'red.png'), red);
    await writeFile(
      join(folder, 'red.svg'),
      svg('width="50" height="50"', '<rect id="a" width="50" height="50" fill="#f00"/>'),
    );
    await writeFile(join(folder, 'red.txt'), '<rect width="50" height="50" fill="#f00"/>');
    const file = (name: string) => pathToFileURL(join(folder, name)).href;
    const web = `http://127.0.0.1:${address.port}/red.png`;
    const size = 'width="50" height="50"';
    const image = (href: string) => svg(size, `<image ${href} ${size}/>`);
    const hostile = [
      image(`href="${file('red.png')}"`),
      image(`xlink:href="${file('red.png')}"`),
      image(`href="${join(folder, 'red.png')}"`),
      image(`href="${web}"`),
      image(`xlink:href="${web}"`),
      image(`href="${file('red.svg')}"`),
      svg(size, `<use href="${file('red.svg')}#a"/>`),
      svg(size, `<style>@import url("${web}");</style>`),
      svg(size, `<rect ${size} fill="url(${file('red.svg')}#a) white"/>`),
      svg(
        size,
        `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${file('red.txt')}" parse="xml"/>`,
      ),
      `<?xml-stylesheet href="${web}"?>${svg(size)}`,
      `<!DOCTYPE svg SYSTEM "${web}">${svg(size)}`,
      `<!DOCTYPE svg [<!ENTITY red SYSTEM "${file('red.txt')}">]>${svg(size, '&red;')}`,
      `<!DOCTYPE svg [<!ENTITY % red SYSTEM "${web}"> %red;]>${svg(size)}`,
    ];
    for (const drawing of hostile) {
      const fitted = await fit(drawing, () => ({ width: 50, height: 50 })).catch((error: unknown) => error);
      if (fitted instanceof NotesightError) assert.equal(fitted.code, 'image_unreadable', drawing);
      else assert.deepEqual(await pixel(fitted as FittedImage, 25, 25), [255, 255, 255], drawing);
    }
    assert.equal(asked, 0);
    const own = await fit(image(`href="data:image/png;base64,${red.toString('base64')}"`), () => ({
      width: 50,
      height: 50,
    }));
    assert.deepEqual(await pixel(own, 25, 25), [255, 0, 0]);
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});

test('a drawing whose entities multiply without end is refused', async () => {
  const names = Array.from('abcdefghij');
  const entities = names.map(
    (name, at) => `<!ENTITY ${name} "${at === 0 ? '<g/>' : `&${names[at - 1] ?? ''};`.repeat(10)}">`,
  );
  const laughs = `<!DOCTYPE svg [${entities.join('')}]>${svg('width="9" height="9"', '&j;')}`;
  assert.equal((await failure(fit(laughs))).code, 'image_unreadable');
});

test('a drawing whose elements use each other over and over is given up after half a minute', async (context) => {
  const names = Array.from('abcde');
  const groups = names.map(
    (name, at) =>
      `<g id="${name}">${at === 0 ? '<path d="M0 0h9v9z"/>' : `<use href="#${names[at - 1] ?? ''}"/>`.repeat(10)}</g>`,
  );
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const fitting = fit(svg('width="9" height="9"', groups.join('')), () => {
    queueMicrotask(() => {
      context.mock.timers.tick(30_000);
    });
    return { width: 256, height: 256 };
  });
  const error = await failure(fitting);
  assert.deepEqual([error.code, error.data], ['image_too_large', { maxSeconds: 30 }]);
});

test('a stopped fit is cancelled, before and between its steps', async () => {
  const bytes = new Uint8Array(await photo(60, 40).png().toBuffer());
  await assert.rejects(codec.fit(bytes, asItIs, AbortSignal.abort()), { code: 'cancelled' });
  let asked = 0;
  const stop = new AbortController();
  const stopped = codec.fit(
    bytes,
    (source) => {
      asked++;
      stop.abort();
      return source;
    },
    stop.signal,
  );
  await assert.rejects(stopped, { code: 'cancelled' });
  assert.equal(asked, 1);

  const early = new AbortController();
  const unasked = codec.fit(
    bytes,
    (source) => {
      asked++;
      return source;
    },
    early.signal,
  );
  early.abort();
  await assert.rejects(unasked, { code: 'cancelled' });
  // Another of the same kind goes all the way; by then the stopped one would have asked.
  await codec.fit(bytes, asItIs, never);
  assert.equal(asked, 1);
});

/** A PNG that says how large it is and has a handful of bytes behind it. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(data.length);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc32(named), named.length + 4);
    return framed;
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from([0x78, 0x9c])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @see https://www.w3.org/TR/png-3/#D-CRCAppendix */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
