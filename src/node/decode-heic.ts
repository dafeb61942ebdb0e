import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import { checkPixels } from '../core/image/check-pixels.ts';
import { MAX_IMAGE_PIXELS } from '../core/image/limits.ts';
import type { RawImage } from './raw-image.ts';

/** Runs as CommonJS in the worker; a string, so that a bundle needs no second file. */
const DECODER = `
  const { parentPort, workerData } = require('node:worker_threads');
  require(workerData.library).all({ buffer: workerData.bytes }).then(async ([image]) => {
    const { width, height } = image;
    const data = width * height > workerData.maxPixels ? undefined : (await image.decode()).data;
    parentPort.postMessage({ width, height, data }, data && [data.buffer]);
  });
`;

const Decoded = z.object({
  width: z.int(),
  height: z.int(),
  data: z.optional(z.instanceof(Uint8ClampedArray)),
});

/**
 * Decodes the main image of a HEIC file, because the prebuilt sharp does not support HEVC. The pixels are upright and
 * their colors are treated as sRGB. Runs in a worker: the decoder blocks its thread for seconds, prints to standard
 * output, and a failure halfway leaves a rejected promise that would end the process.
 * @throws NotesightError `image_too_large`; any decoder error for a broken file
 */
export async function decodeHeic(bytes: Uint8Array, signal: AbortSignal): Promise<RawImage> {
  const library = createRequire(import.meta.url).resolve('heic-decode');
  const worker = new Worker(DECODER, {
    eval: true,
    stdout: true,
    stderr: true,
    workerData: { library, bytes, maxPixels: MAX_IMAGE_PIXELS },
  });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    const { data, ...size } = Decoded.parse(
      await new Promise((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.once('exit', () => {
          reject(new Error('the HEIC decoder ended without an image'));
        });
      }),
    );
    checkPixels(size);
    if (data === undefined) throw new Error('a HEIC file without pixels');
    return { ...size, data, channels: 4 };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
