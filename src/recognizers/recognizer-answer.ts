import { NotesightError } from '../core/errors.ts';

/** What comes back from the thread of an expert for each image. */
export type RecognizerAnswer<Found> =
  | { readonly found: readonly Found[] }
  /** The thread is of no use, or this image is. */
  | { readonly failed: 'start' | 'image'; readonly why: string };

/** In the thread: the answer for an image, whatever goes wrong. */
export async function answerFor<Image, Found>(
  started: Promise<(image: Image) => Promise<readonly Found[]>>,
  image: Image,
): Promise<RecognizerAnswer<Found>> {
  let failed: 'start' | 'image' = 'start';
  try {
    const look = await started;
    failed = 'image';
    return { found: await look(image) };
  } catch (error) {
    return { failed, why: String(error) };
  }
}

/** Outside of it: what was found. @throws NotesightError `model_unloadable`, `image_unreadable` */
export function detectionsIn<Found>(answer: RecognizerAnswer<Found>): readonly Found[] {
  if ('found' in answer) return answer.found;
  const code = answer.failed === 'start' ? 'model_unloadable' : 'image_unreadable';
  throw new NotesightError(code, `an expert failed: ${answer.why}`);
}
