import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NotesightError } from '../../core/errors.ts';
import type { FittedImage, FoundThing } from '../../core/ports.ts';
import { scaleRegion } from '../../core/image/scale-region.ts';
import { createImageWorker, type WorkingExpert } from './image-worker.ts';
import { loadSharp } from './load-sharp.ts';

/** An image for the thread: upright, three bytes a pixel, row by row. */
export interface ThreadRequest {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type ThreadAnswer =
  | { readonly found: readonly FoundThing[] }
  /** The thread is of no use, or this image is. */
  | { readonly failed: 'start' | 'image'; readonly why: string };

/** The models look at 256 to 512 pixels; the mesh, which checks faces, takes a face from what it is given. */
const LONG_EDGE = 1280;
/** An image takes a fifth of a second, the start a second; in milliseconds. */
const TIME_LIMIT = 30_000;

/** Finds objects (the 80 kinds of COCO) and faces. The weights are on this machine; nothing is fetched. */
export function createThingFinder(): WorkingExpert<FoundThing> {
  return createImageWorker({
    doing: 'finding things',
    timeLimit: TIME_LIMIT,
    start: startThread,
    look: findIn,
    stop: (thread) => thread.terminate(),
  });
}

async function findIn(thread: Worker, image: FittedImage, signal: AbortSignal): Promise<FoundThing[]> {
  const scale = Math.min(1, LONG_EDGE / Math.max(image.width, image.height));
  const sharp = await loadSharp();
  const { data, info } = await sharp(image.bytes)
    .resize(Math.max(1, Math.round(image.width * scale)))
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  signal.throwIfAborted();
  const { width, height } = info;
  const request: ThreadRequest = { pixels: new Uint8Array(data), width, height };
  thread.postMessage(request);
  const [answer] = (await once(thread, 'message', { signal })) as [ThreadAnswer];
  if ('failed' in answer) {
    const message = `the thing finder failed: ${answer.why}`;
    throw new NotesightError(answer.failed === 'start' ? 'model_unloadable' : 'image_unreadable', message);
  }
  return answer.found.map((thing) => ({ ...thing, box: scaleRegion(thing.box, info, image) }));
}

/** @throws NotesightError `model_unloadable` */
async function startThread(): Promise<Worker> {
  const file = threadFile(dirname(fileURLToPath(import.meta.url)));
  // It has nothing to say to the user.
  const thread = new Worker(file, { stdout: true, stderr: true });
  thread.stdout.resume();
  thread.stderr.resume();
  await once(thread, 'online');
  return thread;
}

/** The package's `dist/experts`, from the sources as from a bundle in `dist`. @throws NotesightError `model_unloadable` */
function threadFile(below: string): string {
  const file = join(below, 'dist', 'experts', 'thing-finder.cjs');
  if (existsSync(file)) return file;
  if (dirname(below) !== below) return threadFile(dirname(below));
  throw new NotesightError('model_unloadable', 'dist/experts is missing: `npm run build` makes it');
}
