import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { FittedImage, ReadLine } from '../core/ports.ts';
import { builtRecognizers } from './built-recognizers.ts';
import { createTesseractReader } from './tesseract-reader.ts';

const root = new URL('../../', import.meta.url);
const reader = createTesseractReader(builtRecognizers());
const never = new AbortController().signal;
after(() => reader.close());

const fixture = (language: string) => readFile(new URL(`test/fixtures/text-${language}.png`, root));
const fitted = (
  bytes: Uint8Array,
  type: FittedImage['type'],
  width: number,
  height: number,
): FittedImage => ({
  bytes: new Uint8Array(bytes),
  type,
  width,
  height,
});
const text = (lines: readonly ReadLine[]) =>
  lines.map(({ words }) => words.map((word) => word.text).join(' ')).join('\n');

test('reads English, Russian and German with a confidence', async () => {
  const written = {
    en: 'The quick survey\nLight travels faster than sound',
    ru: 'Быстрый обзор\nСвет движется быстрее звука',
    de: 'Ein kurzer Überblick\nLicht ist schneller als der Schall',
  };
  for (const [language, expected] of Object.entries(written)) {
    const lines = await reader.look(fitted(await fixture(language), 'image/png', 760, 180), never);
    assert.equal(text(lines), expected);
    assert.ok(
      lines.every(({ words }) => words.every(({ confidence }) => confidence > 60 && confidence <= 100)),
    );
  }
});

test('reads photos that are small, dim, blurred or noisy', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  const dim = await sharp(await fixture('en'))
    .resize(500, 118)
    .blur(0.6)
    .linear(0.6, 40)
    .png()
    .toBuffer();
  const grain = await sharp({ create: { width: 500, height: 118, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  const shot = await sharp(dim)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 70 })
    .toBuffer();
  const lines = await reader.look(fitted(shot, 'image/jpeg', 500, 118), never);
  assert.equal(text(lines), 'The quick survey\nLight travels faster than sound');
});

test('returns no lines for an image without text', async () => {
  const blank = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  assert.deepEqual(await reader.look(fitted(blank, 'image/png', 300, 200), never), []);
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer();
  assert.deepEqual(await reader.look(fitted(photo, 'image/jpeg', 300, 200), never), []);
});

test('rejects bytes that are not an image and continues with the next image', async () => {
  const broken = fitted(new TextEncoder().encode('no image at all'), 'image/png', 9, 9);
  const [first, second] = await Promise.allSettled([
    reader.look(broken, never),
    reader.look(fitted(await fixture('en'), 'image/png', 760, 180), never),
  ]);
  assert.equal(first.status === 'rejected' && (first.reason as { code?: unknown }).code, 'image_unreadable');
  assert.match(second.status === 'fulfilled' ? text(second.value) : '', /^The quick survey/);
});

test('cancels a stopped read and continues with the next image', async () => {
  const image = fitted(await fixture('en'), 'image/png', 760, 180);
  await assert.rejects(reader.look(image, AbortSignal.abort()), { code: 'cancelled' });
  const stop = new AbortController();
  const stopped = reader.look(image, stop.signal);
  setImmediate(() => {
    stop.abort();
  });
  await assert.rejects(stopped, { code: 'cancelled' });
  assert.match(text(await reader.look(image, never)), /^The quick survey/);
});

test('works from a bundle without network access, output or files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notesight-ocr-'));
  try {
    // In `dist`, because the bundle finds its packages and assets relative to its own location.
    const outfile = fileURLToPath(new URL('dist/.tesseract-reader.test.mjs', root));
    await build({
      stdin: {
        contents: `
          import { readFileSync } from 'node:fs';
          import { builtRecognizers } from './src/node/built-recognizers.ts';
          import { createTesseractReader } from './src/node/tesseract-reader.ts';
          const reader = createTesseractReader(builtRecognizers());
          const bytes = new Uint8Array(readFileSync(process.argv[2]));
          const image = { bytes, type: 'image/png', width: 760, height: 180 };
          const lines = await reader.look(image, new AbortController().signal);
          process.stdout.write(lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join('/'));
          await reader.close();
        `,
        resolveDir: fileURLToPath(root),
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['sharp', 'tesseract.js'],
    });
    // Loaded first, in the worker too: reports and ends any process that opens a connection or writes a file.
    const guard = join(folder, 'guard.cjs');
    await writeFile(
      guard,
      `
        const refuse = (what) => () => { console.error('tried to ' + what); process.exit(9); };
        require('node:net').Socket.prototype.connect = refuse('connect');
        globalThis.fetch = refuse('fetch');
        for (const name of ['writeFile', 'writeFileSync', 'createWriteStream']) require('node:fs')[name] = refuse('write');
      `,
    );
    const image = fileURLToPath(new URL('test/fixtures/text-ru.png', root));
    const run = spawnSync(process.execPath, ['--require', guard, outfile, image], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    await rm(outfile);
    assert.deepEqual(
      [run.stderr, run.stdout, run.status],
      ['', 'Быстрый обзор/Свет движется быстрее звука', 0],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
