import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'tesseract.js';
import { NotesightError } from '../../core/errors.ts';
import type { FittedImage, ReadLine } from '../../core/ports.ts';
import { createImageWorker, type WorkingExpert } from './image-worker.ts';
import { loadSharp } from './load-sharp.ts';

/**
 * All of them at once, always: a slide mixes languages whatever its note is written in. Measured on 28 Russian slides
 * with English terms, a third language changes neither the words read nor, by more than a tenth, the time. German
 * stands before English, for the other way round an umlaut may lose its dots.
 */
const LANGUAGES = ['deu', 'eng', 'rus'];
/** Those whose data is in `assets/tessdata`. */
const VENDORED = ['deu', 'rus'];

/** Ordinary images take a second, busy photos up to ten; in milliseconds. */
const TIME_LIMIT = 60_000;

/** Tesseract's own confidence from which a word is likely one: photos without text have none such. */
const LIKELY_WORD = 60;

/**
 * Reads English, Russian and German with tesseract.js. The language data comes from this package and from
 * `@tesseract.js-data/eng`; nothing is fetched and nothing written. The worker starts in about half
 * a second.
 */
export function createTesseractReader(): WorkingExpert<ReadLine> {
  return createImageWorker({
    doing: 'reading the text',
    timeLimit: TIME_LIMIT,
    start: startWorker,
    look: readText,
    stop: (worker) => worker.terminate(),
  });
}

/**
 * Drawings and screenshots are read as they are. What comes from a camera is first looked at as it is, for noise
 * becomes letters when it is enlarged, and then read in grey, larger and with full contrast: on slides shot askew that
 * raises the share of right words from 84 to 95 %.
 */
async function readText(
  worker: Worker,
  image: FittedImage,
  signal: AbortSignal,
): Promise<readonly ReadLine[]> {
  const lines = await recognize(worker, image.bytes, 1, signal);
  if (!lines.some(({ words }) => words.some(({ confidence }) => confidence >= LIKELY_WORD))) return [];
  if (image.type === 'image/png') return lines;
  const scale = Math.max(1, Math.min(2, 2400 / Math.max(image.width, image.height)));
  return recognize(worker, await clarified(image, scale), scale, signal);
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

/** @param scale how much larger than the image these bytes are */
async function recognize(
  worker: Worker,
  bytes: Uint8Array,
  scale: number,
  signal: AbortSignal,
): Promise<ReadLine[]> {
  signal.throwIfAborted();
  const { data } = await worker.recognize(Buffer.from(bytes), {}, { text: false, blocks: true });
  return (data.blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .map(({ words, bbox }) => ({
      words: words.map(({ text, confidence }) => ({ text, confidence })),
      height: Math.round((bbox.y1 - bbox.y0) / scale),
    }));
}

/** @throws NotesightError `model_unloadable` */
async function startWorker(): Promise<Worker> {
  const data = languageFolders();
  const { createWorker, OEM, PSM } = await import('tesseract.js');
  const worker = await new Promise<Worker>((resolve, reject) => {
    createWorker(LANGUAGES, OEM.LSTM_ONLY, {
      // What the "cache" doesn't have is read from `langPath`; both are folders, so that nothing is ever fetched.
      cachePath: data.vendored,
      langPath: data.english,
      cacheMethod: 'readOnly',
      gzip: true,
      // Without it a failure is thrown where nobody can catch it, and the worker's promise stays open.
      errorHandler: reject,
    }).then(resolve, reject);
  }).catch((cause: unknown) => {
    throw new NotesightError('model_unloadable', 'the text reader does not start', { cause });
  });
  await worker.setParameters({
    tessedit_pageseg_mode: PSM.AUTO,
    // Images carry no resolution; a guessed one makes Tesseract pass over the text in boxes.
    user_defined_dpi: '300',
    // It would print its notices on standard error.
    debug_file: '/dev/null',
  });
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

/** The package's `assets/tessdata`, from the sources as from a bundle in `dist`. */
function vendoredFolder(below: string): string {
  const folder = join(below, 'assets', 'tessdata');
  if (VENDORED.every((language) => existsSync(join(folder, `${language}.traineddata`)))) return folder;
  if (dirname(below) === below) throw new Error('no assets/tessdata above this file');
  return vendoredFolder(dirname(below));
}
