import { NotesightError } from '../core/errors.ts';

/** The result of a recognizer thread for one image. */
export type RecognizerAnswer<Found> =
  | { readonly found: readonly Found[] }
  /** `start`: the recognizer could not load. `image`: only this image failed. */
  | { readonly failed: 'start' | 'image'; readonly why: string };

/** Runs in the thread: the result for an image, including any error. */
export async function answerFor<Image, Found>(
  started: Promise<(image: Image) => Promise<readonly Found[]>>,
  image: Image,
): Promise<RecognizerAnswer<Found>> {
  let failed: 'start' | 'image' = 'start';
  try {
    const recognize = await started;
    failed = 'image';
    return { found: await recognize(image) };
  } catch (error) {
    return { failed, why: String(error) };
  }
}

/** Runs outside the thread: the detections. @throws NotesightError `model_unloadable`, `image_unreadable` */
export function detectionsIn<Found>(answer: RecognizerAnswer<Found>): readonly Found[] {
  if ('found' in answer) return answer.found;
  const code = answer.failed === 'start' ? 'model_unloadable' : 'image_unreadable';
  throw new NotesightError(code, `recognizer failed: ${answer.why}`);
}
