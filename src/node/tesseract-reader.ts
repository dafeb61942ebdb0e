import { join } from 'node:path';
import type { Worker } from 'tesseract.js';
import { NotesightError } from '../core/errors.ts';
import type { FittedImage, ReadLine } from '../core/ports.ts';
import { createImageWorker, type WorkerRecognizer } from '../core/recognition/worker-client.ts';
import { LANGUAGES, PARAMETERS, readText } from '../recognizers/read-text.ts';
import { RECOGNIZER_WORK } from '../recognizers/recognizer-work.ts';
import { loadSharp } from './load-sharp.ts';

/**
 * Reads English, Russian and German with tesseract.js. Nothing is downloaded or written. The worker takes about 0.5
 * seconds to start.
 * @param folder a folder with the files of `dist/recognizers`
 */
export function createTesseractReader(folder: string): WorkerRecognizer<ReadLine> {
  return createImageWorker({
    ...RECOGNIZER_WORK.text,
    start: () => startWorker(folder),
    look: readIn,
    stop: (worker) => worker.terminate(),
  });
}

function readIn(worker: Worker, image: FittedImage, signal: AbortSignal): Promise<readonly ReadLine[]> {
  return readText(image, {
    async recognize(bytes) {
      signal.throwIfAborted();
      const { data } = await worker.recognize(Buffer.from(bytes), {}, { text: false, blocks: true });
      return data;
    },
    clarified: (scale) => clarified(image, scale),
  });
}

async function clarified({ bytes, width }: FittedImage, scale: number): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(bytes)
    .grayscale()
    .resize(Math.round(width * scale))
    .normalise({ lower: 2, upper: 98 })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** @throws NotesightError `model_unloadable` */
async function startWorker(folder: string): Promise<Worker> {
  const { createWorker, OEM } = await import('tesseract.js');
  const worker = await new Promise<Worker>((resolve, reject) => {
    createWorker(LANGUAGES, OEM.LSTM_ONLY, {
      workerPath: join(folder, 'text-reader.cjs'),
      // Tesseract reads data missing from the "cache" from `langPath`; both are this folder, so nothing is downloaded.
      cachePath: folder,
      langPath: folder,
      cacheMethod: 'readOnly',
      gzip: true,
      // Without it, a failure is thrown outside any handler and the worker's promise never settles.
      errorHandler: reject,
    }).then(resolve, reject);
  }).catch((cause: unknown) => {
    throw new NotesightError('model_unloadable', 'the text reader does not start', { cause });
  });
  await worker.setParameters(PARAMETERS);
  return worker;
}
