import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page, Worker } from 'playwright-core';
import { inlineWorker } from '../../scripts/inline-worker.mjs';
import { NotesightError } from '../../src/core/errors.ts';
import type { PixelRegion, PixelSize } from '../../src/core/ports.ts';
import { drawPhoto } from '../bench/photo.ts';
import { failure, pixel, type Fitting } from '../contracts/fitting.ts';
import { testGray, testImageCodec } from '../contracts/image-codec.ts';
import { photo, plain, svg } from '../contracts/image-files.ts';
import type { FitOutcome } from './fit-outcome.ts';
import { launchChromium, type TestBrowser } from './launch-chromium.ts';

const files = new Map<string, Uint8Array>();
const server = createServer(({ url = '/' }, response) => {
  const file = files.get(url);
  response.writeHead(file === undefined ? 404 : 200, url === '/' ? { 'content-type': 'text/html' } : {});
  response.end(file);
});
let browser: TestBrowser;
let page: Page;
/** Path of an image with 12 megapixels. */
let phonePhoto: string;

before(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page/canvas-codec.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    plugins: [inlineWorker()],
  });
  files.set('/page.js', outputFiles[0]?.contents ?? new Uint8Array());
  files.set('/', Buffer.from('<!DOCTYPE html><title>Canvas</title><script src="/page.js"></script>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium();
  page = await openPage();
  phonePhoto = serve(await drawPhoto());
});
after(async () => {
  await browser.close();
  server.close();
});

/** Opens a page with its own codec; its fake clock can skip timers. */
async function openPage(): Promise<Page> {
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const opened = await browser.context.newPage();
  await opened.clock.install();
  await opened.goto(`http://127.0.0.1:${address.port}/`);
  return opened;
}

/** Calls a function in `page/canvas-codec.ts`. */
function call<T>(on: Page, name: string, ...parameters: unknown[]): Promise<T> {
  return on.evaluate<T>(`inPage.${name}(...${JSON.stringify(parameters)})`);
}

/** Makes a file available to the page. @returns its path */
function serve(file: Uint8Array | string): string {
  const path = `/${files.size}`;
  files.set(path, typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return path;
}

async function fit(file: Uint8Array | string, size?: PixelSize, region?: PixelRegion): Promise<Fitting> {
  return settle(await call<FitOutcome>(page, 'fit', serve(file), size ?? null, region ?? null));
}

/** Whether a small image can still be fitted. */
async function fitsAnother(on: Page): Promise<boolean> {
  const file = serve(await plain(9, 9, '#000').png().toBuffer());
  return 'width' in (await call<FitOutcome>(on, 'fit', file, null, null));
}

/** The only worker of a page, after it fitted an image. */
async function workerOf(on: Page): Promise<Worker> {
  assert.equal(await fitsAnother(on), true);
  const [worker, ...others] = on.workers();
  assert.ok(worker !== undefined && others.length === 0);
  return worker;
}

function settle(outcome: FitOutcome): Fitting {
  if ('code' in outcome) {
    const { code, message, data, cause } = outcome;
    throw new NotesightError(code, message, { data, cause: cause === null ? undefined : new Error(cause) });
  }
  const { base64, ...fitted } = outcome;
  return { ...fitted, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}

testImageCodec(fit);
testGray((file, size) => call(page, 'gray', serve(file), size));

test('rejects TIFF and HEIC as unsupported in Chromium', async () => {
  const tiff = await failure(fit(await photo(30, 20).tiff().toBuffer()));
  assert.deepEqual([tiff.code, tiff.data], ['image_unsupported', { kind: 'tiff' }]);
  const heic = await failure(fit(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')));
  assert.deepEqual([heic.code, heic.data], ['image_unsupported', { kind: 'heic' }]);
});

test('draws the HTML text of a drawing', async () => {
  const html =
    '<foreignObject width="50" height="50"><div xmlns="http://www.w3.org/1999/xhtml" style="background:#f00;height:50px"/></foreignObject>';
  const fitted = await fit(svg('width="50" height="50"', html), { width: 50, height: 50 });
  assert.deepEqual(await pixel(fitted, 25, 25), [255, 0, 0]);
});

test('cancels a stopped fit at any stage and continues with the next image', async () => {
  for (const [when, times] of [
    ['before', 0],
    ['decoding', 0],
    ['sizing', 1],
  ] as const) {
    const { outcome, asked } = await call<{ outcome: FitOutcome; asked: number }>(
      page,
      'stop',
      phonePhoto,
      when,
    );
    assert.equal('code' in outcome ? outcome.code : null, 'cancelled', when);
    assert.equal(asked, times, when);
    assert.equal(await fitsAnother(page), true, when);
  }
});

test('fits images one by one, in order', async () => {
  const small = serve(await plain(9, 9, '#000').png().toBuffer());
  assert.deepEqual(await call(page, 'fitTogether', [phonePhoto, small]), [phonePhoto, small]);
});

test('reports an unreadable image when its worker fails, and replaces the worker', async () => {
  const worker = await workerOf(page);
  await worker.evaluate('addEventListener("message", () => { throw new Error("broken") })');
  const error = await failure(fit(await plain(9, 9, '#000').png().toBuffer()));
  assert.equal(error.code, 'image_unreadable');
  assert.notEqual(await workerOf(page), worker);
});

test('stops after 30 seconds on one image and continues with the next', async () => {
  const worker = await workerOf(page);
  await worker.evaluate('postMessage = () => {}');
  await call(page, 'begin', phonePhoto);
  await page.clock.fastForward(30_000);
  const outcome = await call<FitOutcome>(page, 'ended');
  assert.ok('code' in outcome);
  assert.deepEqual([outcome.code, outcome.data], ['image_too_large', { maxSeconds: 30 }]);
  assert.equal(await fitsAnother(page), true);
});

test('ends a worker that was idle for 30 seconds', async () => {
  const worker = await workerOf(page);
  await page.clock.fastForward(20_000);
  assert.equal(await workerOf(page), worker);
  await page.clock.fastForward(20_000);
  assert.equal(await workerOf(page), worker);
  const gone = worker.waitForEvent('close');
  await page.clock.fastForward(30_000);
  await gone;
  assert.deepEqual(page.workers(), []);
});

test('cancels current and later images and ends the worker when closed', async () => {
  const closing = await openPage();
  const gone = (await workerOf(closing)).waitForEvent('close');
  await call(closing, 'begin', phonePhoto);
  await call(closing, 'close');
  await gone;
  const outcome = await call<FitOutcome>(closing, 'ended');
  assert.equal('code' in outcome && outcome.code, 'cancelled');
  assert.deepEqual(closing.workers(), []);
  const later = await call<FitOutcome>(closing, 'fit', phonePhoto, null, null);
  assert.equal('code' in later && later.code, 'cancelled');
  assert.deepEqual(closing.workers(), []);
});

test('cancels loading a drawing when closed', async () => {
  const closing = await openPage();
  const outcome = await call<FitOutcome>(closing, 'closeWhileLoading', serve(svg('viewBox="0 0 9 9"')));
  assert.equal('code' in outcome && outcome.code, 'cancelled');
});

test('blocks the main thread for less than 50 ms when fitting a 12-megapixel photo', async () => {
  const tries: number[] = [];
  for (let time = 0; time < 3; time++) {
    const durations = await call<number[]>(page, 'longTasks', phonePhoto, { width: 1024, height: 768 });
    tries.push(Math.max(0, ...durations));
  }
  tries.sort((a, b) => a - b);
  assert.ok((tries[1] ?? Infinity) < 50, `${tries.join()} ms`);
});
