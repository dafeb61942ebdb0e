import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'tesseract.js';
import { NotesightError } from '../core/errors.ts';
import type { FittedImage, ReadLine } from '../core/ports.ts';
import { createImageWorker, type WorkerRecognizer } from '../core/recognition/worker-client.ts';
import { LANGUAGES, PARAMETERS, readText } from '../recognizers/read-text.ts';
import { RECOGNIZER_WORK } from '../recognizers/recognizer-work.ts';
import { expertsFile } from './experts-file.ts';
import { loadSharp } from './load-sharp.ts';

/** The languages whose data is in `assets/tessdata`. */
const VENDORED = ['deu', 'rus'];

/**
 * Reads English, Russian and German with tesseract.js. The language data comes from this package and from
 * `@tesseract.js-data/eng`; nothing is downloaded or written. The worker takes about 0.5 seconds to start.
 */
export function createTesseractReader(): WorkerRecognizer<ReadLine> {
  return createImageWorker({
    ...RECOGNIZER_WORK.text,
    start: startWorker,
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
    .greyscale()
    .resize(Math.round(width * scale))
    .normalise({ lower: 2, upper: 98 })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** @throws NotesightError `model_unloadable` */
async function startWorker(): Promise<Worker> {
  const data = languageFolders();
  const workerPath = expertsFile('text-reader.cjs');
  const { createWorker, OEM } = await import('tesseract.js');
  const worker = await new Promise<Worker>((resolve, reject) => {
    createWorker(LANGUAGES, OEM.LSTM_ONLY, {
      workerPath,
      // Tesseract reads data missing from the "cache" from `langPath`; both are folders, so nothing is downloaded.
      cachePath: data.vendored,
      langPath: data.english,
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

/** @throws NotesightError `model_unloadable` */
function languageFolders(): { readonly vendored: string; readonly english: string } {
  try {
    const english = createRequire(import.meta.url).resolve(
      '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
    );
    return { vendored: vendoredFolder(dirname(fileURLToPath(import.meta.url))), english: dirname(english) };
  } catch (cause) {
    throw new NotesightError('model_unloadable', 'the language data is missing', { cause });
  }
}

/** Finds `assets/tessdata` of the package, both from the sources and from a bundle in `dist`. */
function vendoredFolder(below: string): string {
  const folder = join(below, 'assets', 'tessdata');
  if (VENDORED.every((language) => existsSync(join(folder, `${language}.traineddata`)))) return folder;
  if (dirname(below) === below) throw new Error('no assets/tessdata above this file');
  return vendoredFolder(dirname(below));
}
