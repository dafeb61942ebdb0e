import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { assertNear, failure, type Fit, pixel } from './fitting.ts';
import { plain, svg } from './image-files.ts';

const WHITE = [255, 255, 255];
const DARK = [16, 16, 16];
const GRAY = [128, 128, 128];
const SIZE = { width: 300, height: 180 };

/** The behavior of every codec with transparent pixels. The upper left corner of each image is transparent. */
export function testBackgrounds(fit: Fit): void {
  const backgroundOf = async (bytes: Uint8Array | string) => pixel(await fit(bytes, SIZE), 1, 1);

  test('puts light ink on a dark background, in every format with transparency', async () => {
    for (const ink of ['#fff', '#f4f4f4', '#ffffc8', '#f0f6ff', 'url(#fade)']) {
      const drawing = logo(ink);
      const image = sharp(Buffer.from(drawing)).resize(600);
      const files = {
        svg: drawing,
        png: await image.clone().png().toBuffer(),
        palette: await image.clone().png({ palette: true }).toBuffer(),
        webp: await image.clone().webp({ lossless: true }).toBuffer(),
        'lossy webp': await image.clone().webp().toBuffer(),
        gif: await image.clone().gif().toBuffer(),
        avif: await image.clone().avif({ effort: 0 }).toBuffer(),
      };
      for (const [kind, bytes] of Object.entries(files))
        assertNear(await backgroundOf(bytes), DARK, kind === 'avif' ? 2 : 0);
    }
    const { data, info } = await sharp(Buffer.from(logo('#fff')))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const alpha = Buffer.from(data.filter((_, at) => at % 4 === 3));
    const gray = await sharp(Buffer.alloc(alpha.length, 255), { raw: { ...info, channels: 1 } })
      .joinChannel(alpha, { raw: { ...info, channels: 1 } })
      .toColorspace('b-w')
      .png()
      .toBuffer();
    assert.equal((await sharp(gray).metadata()).channels, 2);
    assertNear(await backgroundOf(gray), DARK, 0);
  });

  test('keeps white for every other ink', async () => {
    for (const ink of ['#000', '#444', '#c00', '#080', '#06c', '#777']) {
      assertNear(await backgroundOf(logo(ink)), WHITE, 0);
      assertNear(
        await backgroundOf(
          await sharp(Buffer.from(logo(ink)))
            .png()
            .toBuffer(),
        ),
        WHITE,
        0,
      );
    }
    // A soft shadow around a white window with text, which is the relevant content.
    const window =
      '<defs><filter id="soft"><feGaussianBlur stdDeviation="6"/></filter></defs>' +
      '<rect x="20" y="20" width="260" height="140" rx="12" opacity=".4" filter="url(#soft)"/>' +
      '<rect x="20" y="16" width="260" height="140" rx="12" fill="#fff"/>' +
      Array.from({ length: 8 }, (_, at) => `<path d="M35 ${30 + at * 15}h${120 + at * 12}v5h-120z"/>`).join(
        '',
      );
    assertNear(await backgroundOf(svg('width="300" height="180"', window)), WHITE, 0);
    const chart = Array.from(
      { length: 8 },
      (_, at) =>
        `<path stroke="#e0e0e0" d="M40 ${10 + at * 20}h240"/>` +
        `<rect fill="#1f77b4" x="${50 + at * 28}" y="${20 + at * 12}" width="16" height="${130 - at * 12}"/>`,
    ).join('');
    assertNear(await backgroundOf(svg('width="300" height="180"', chart)), WHITE, 0);
  });

  test('puts ink that is white and black on gray', async () => {
    const both = svg(
      'width="300" height="180"',
      `${bars('#fff', 20, 9)}<g transform="translate(130 0)">${bars('#000', 20, 9)}</g>`,
    );
    assertNear(await backgroundOf(both), GRAY, 0);
  });

  test('rejects an image whose pixels are all transparent as blank', async () => {
    const clear = plain(300, 180, { r: 255, g: 255, b: 255, alpha: 0 });
    for (const bytes of [
      await clear.clone().png().toBuffer(),
      await clear.clone().webp({ lossless: true }).toBuffer(),
      await clear.clone().gif().toBuffer(),
      svg('width="300" height="180"'),
    ])
      assert.equal((await failure(fit(bytes))).code, 'image_blank');
  });

  test('accepts an image with a single dark pixel', async () => {
    const dot = svg('width="300" height="180"', '<path d="M150 90h1v1h-1z"/>');
    const fitted = await fit(await sharp(Buffer.from(dot)).png().toBuffer());
    assertNear(await pixel(fitted, 150, 90), [0, 0, 0], 0);
    assertNear(await pixel(fitted, 1, 1), WHITE, 0);
  });

  test('uses the background of the whole image for a region', async () => {
    const bytes = await sharp(Buffer.from(logo('#fff')))
      .png()
      .toBuffer();
    for (const file of [bytes, logo('#fff')]) {
      const { width, height } = (await fit(file)).source;
      const region = { x: 0, y: 0, width: width / 10, height: height / 10 };
      assertNear(await pixel(await fit(file, undefined, region), 1, 1), DARK, 0);
    }
  });

  test('renders a drawing as in a light theme', async () => {
    const themed = (rules: string, attributes = '') =>
      svg('width="300" height="180"', `<style${attributes}>${rules}</style><rect width="300" height="180"/>`);
    for (const [drawing, color] of [
      [themed('rect{fill:#fff}@media(prefers-color-scheme:light){rect{fill:#c00}}'), [204, 0, 0]],
      [themed('rect{fill:#0c0}@media (prefers-color-scheme: dark){rect{fill:#fff}}'), [0, 204, 0]],
      [themed('rect{fill:light-dark(#00c, #fff)}'), [0, 0, 204]],
      [themed('rect{fill:#c00}', ' media="(prefers-color-scheme: light)"'), [204, 0, 0]],
    ] as const)
      assertNear(await pixel(await fit(drawing, SIZE), 150, 90), [...color], 0);
  });

  test('renders the HTML labels of a drawing', async () => {
    const label = (x: number) =>
      `<foreignObject x="${x}" y="60" width="100" height="24"><div xmlns="http://www.w3.org/1999/xhtml" style="font-size:20px">████</div></foreignObject>`;
    const fitted = await fit(
      svg(
        'width="300" height="180"',
        `<rect width="300" height="180" fill="#eee"/>${label(20)}${label(170)}`,
      ),
      SIZE,
    );
    const { data, info } = await sharp(fitted.bytes).grayscale().raw().toBuffer({ resolveWithObject: true });
    const inked = (from: number, to: number) =>
      data.some((level, at) => level < 100 && at % info.width >= from && at % info.width < to);
    assert.deepEqual([inked(0, 15), inked(20, 120), inked(170, 270)], [false, true, true]);
  });
}

function logo(ink: string): string {
  return svg(
    'width="300" height="180"',
    `<linearGradient id="fade"><stop stop-color="#fff"/><stop offset="1" stop-color="#e0e8ff"/></linearGradient>${bars(ink, 20, 9)}`,
  );
}

function bars(fill: string, y: number, height: number): string {
  const bar = (at: number) =>
    `<rect x="40" y="${y + at * 30}" width="120" height="${height}" fill="${fill}"/>`;
  return [0, 1, 2, 3].map(bar).join('');
}
