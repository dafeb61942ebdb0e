import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { scaleRegion } from '../core/image/scale-region.ts';
import type { FittedImage, DetectedObject } from '../core/ports.ts';
import { createImageWorker, type WorkerRecognizer } from '../core/recognition/worker-client.ts';
import type { Pixels } from '../recognizers/detect-objects.ts';
import { objectInputSize } from '../recognizers/object-input-size.ts';
import { type RecognizerAnswer, detectionsIn } from '../recognizers/recognizer-answer.ts';
import { RECOGNIZER_WORK } from '../recognizers/recognizer-work.ts';
import { loadSharp } from './load-sharp.ts';

/**
 * Detects objects (the 80 COCO classes) and faces. Nothing is downloaded.
 * @param folder a folder with the files of `dist/recognizers`
 */
export function createObjectDetector(folder: string): WorkerRecognizer<DetectedObject> {
  return createImageWorker({
    ...RECOGNIZER_WORK.objects,
    start: () => startThread(folder),
    look: findIn,
    stop: (thread) => thread.terminate(),
  });
}

async function findIn(thread: Worker, image: FittedImage, signal: AbortSignal): Promise<DetectedObject[]> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(image.bytes)
    .resize(objectInputSize(image).width)
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  signal.throwIfAborted();
  const { width, height } = info;
  const request: Pixels = { pixels: new Uint8Array(data), width, height };
  thread.postMessage(request);
  const [answer] = (await once(thread, 'message', { signal })) as [RecognizerAnswer<DetectedObject>];
  return detectionsIn(answer).map((detection) => ({
    ...detection,
    box: scaleRegion(detection.box, info, image),
  }));
}

/** @throws NotesightError `model_unloadable` */
async function startThread(folder: string): Promise<Worker> {
  // Its output is not meant for the user.
  const thread = new Worker(join(folder, 'thing-finder.cjs'), { stdout: true, stderr: true });
  thread.stdout.resume();
  thread.stderr.resume();
  await once(thread, 'online');
  return thread;
}
