import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { assertNear, failure, type Fitting, pixel } from '../../test/contracts/fitting.ts';
import { testGray, testImageCodec } from '../../test/contracts/image-codec.ts';
import { photo, plain, quarters, svg } from '../../test/contracts/image-files.ts';
import { NotesightError } from '../core/errors.ts';
import { MAX_IMAGE_BYTES } from '../core/image/limits.ts';
import type { FittedImage, PixelRegion, PixelSize } from '../core/ports.ts';
import { createSharpCodec } from './sharp-codec.ts';

const codec = createSharpCodec();
const never = new AbortController().signal;
const asItIs = (source: PixelSize) => source;

async function fit(file: Uint8Array | string, size?: PixelSize, region?: PixelRegion): Promise<Fitting> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file);
  let source: PixelSize | undefined;
  const fitted = await codec.fit(
    bytes,
    (asked) => {
      source = asked;
      return size ?? asked;
    },
    never,
    region,
  );
  assert.ok(source !== undefined);
  return { ...fitted, source };
}

testImageCodec(fit);
testGray((file, size) =>
  codec.gray(
    typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file),
    () => size,
    never,
  ),
);

test('decodes a TIFF', async () => {
  const fitted = await fit(await quarters(64, 48).tiff().toBuffer());
  assert.deepEqual([fitted.width, fitted.height], [64, 48]);
  assertNear(await pixel(fitted, 10, 10), [255, 0, 0], 12);
  assertNear(await pixel(fitted, 50, 40), [0, 0, 255], 12);
});

test('removes the color profile', async () => {
  const wide = plain(32, 32, '#c02010').withIccProfile('p3');
  for (const bytes of [await wide.clone().png().toBuffer(), await wide.clone().jpeg().toBuffer()]) {
    assert.equal((await sharp(bytes).metadata()).hasProfile, true);
    assert.equal((await sharp((await fit(bytes)).bytes).metadata()).hasProfile, false);
  }
});

test('rejects a broken TIFF and a drawing without a size', async () => {
  const tiff = await photo(300, 200).tiff().toBuffer();
  for (const length of [tiff.length / 2, tiff.length - 2]) {
    const error = await failure(fit(tiff.subarray(0, length)));
    assert.deepEqual([error.code, error.data], ['image_unreadable', { kind: 'tiff' }]);
  }
  assert.equal((await failure(fit(svg('')))).code, 'image_unreadable');
});

test('rejects a broken HEIC file', async () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and nothing after it', 'latin1');
  assert.deepEqual((await failure(fit(heic))).data, { kind: 'heic' });
});

test('rejects a BMP with a palette as unsupported', async () => {
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

test('treats a BMP with an unused fourth byte as opaque', async () => {
  const bmp = Buffer.alloc(138 + 4 * 4 * 4);
  bmp.write('BM');
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(138, 10);
  bmp.writeUInt32LE(124, 14);
  bmp.writeInt32LE(4, 18);
  bmp.writeInt32LE(4, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(32, 28);
  bmp.writeUInt32LE(3, 30);
  bmp.writeUInt32LE(0x00ff0000, 54);
  bmp.writeUInt32LE(0x0000ff00, 58);
  bmp.writeUInt32LE(0x000000ff, 62);
  for (let at = 138; at < bmp.length; at += 4) bmp.writeUInt32LE(0x00c02010, at);
  assertNear(await pixel(await fit(bmp), 1, 1), [192, 32, 16], 2);
});

test('rejects a file with too many bytes', async () => {
  const heavy = await failure(fit(new Uint8Array(MAX_IMAGE_BYTES + 1)));
  assert.deepEqual(
    [heavy.code, heavy.data],
    ['image_too_large', { bytes: MAX_IMAGE_BYTES + 1, maxBytes: MAX_IMAGE_BYTES }],
  );
});

test('loads no files from the disk for a drawing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notesight-svg-'));
  try {
    const red = await plain(50, 50, '#f00').png().toBuffer();
    await writeFile(join(folder, 'red.png'), red);
    await writeFile(
      join(folder, 'red.svg'),
      svg('width="50" height="50"', '<rect id="a" width="50" height="50" fill="#f00"/>'),
    );
    await writeFile(join(folder, 'red.txt'), '<rect width="50" height="50" fill="#f00"/>');
    const file = (name: string) => pathToFileURL(join(folder, name)).href;
    const size = 'width="50" height="50"';
    const image = (href: string) => svg(size, `<image ${href} ${size}/>`);
    const hostile = [
      image(`href="${file('red.png')}"`),
      image(`xlink:href="${file('red.png')}"`),
      image(`href="${join(folder, 'red.png')}"`),
      image(`href="${file('red.svg')}"`),
      svg(size, `<use href="${file('red.svg')}#a"/>`),
      svg(size, `<rect ${size} fill="url(${file('red.svg')}#a) white"/>`),
      svg(
        size,
        `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${file('red.txt')}" parse="xml"/>`,
      ),
      `<!DOCTYPE svg [<!ENTITY red SYSTEM "${file('red.txt')}">]>${svg(size, '&red;')}`,
    ];
    for (const drawing of hostile) {
      const fitted = await fit(drawing, { width: 50, height: 50 }).catch((error: unknown) => error);
      if (fitted instanceof NotesightError) assert.match(fitted.code, /^image_(unreadable|blank)$/, drawing);
      else assert.deepEqual(await pixel(fitted as FittedImage, 25, 25), [255, 255, 255], drawing);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('stops after 30 seconds when the elements of a drawing keep using each other', async (context) => {
  const names = Array.from('abcde');
  const groups = names.map(
    (name, at) =>
      `<g id="${name}">${at === 0 ? '<path d="M0 0h9v9z"/>' : `<use href="#${names[at - 1] ?? ''}"/>`.repeat(10)}</g>`,
  );
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const drawing = new TextEncoder().encode(svg('width="9" height="9"', groups.join('')));
  const fitting = codec.fit(
    drawing,
    () => {
      queueMicrotask(() => {
        context.mock.timers.tick(30_000);
      });
      return { width: 256, height: 256 };
    },
    never,
  );
  const error = await failure(fitting);
  assert.deepEqual([error.code, error.data], ['image_too_large', { maxSeconds: 30 }]);
});

test('cancels a stopped fit before and between its steps', async () => {
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
  // Another fit runs to completion; by then the stopped one would have reached the same step.
  await codec.fit(bytes, asItIs, never);
  assert.equal(asked, 1);
});
