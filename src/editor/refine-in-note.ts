import type { Captioner, RefinedImage } from './captioner.ts';
import { writeAltInNote } from './write-alt-in-note.ts';

/**
 * Writes the alt text of an image again as the user asks, and replaces it in its note. A description below the image
 * stays.
 * @returns the batch, for undoing it
 * @throws NotesightError
 */
export async function refineInNote(
  captioner: Captioner,
  image: RefinedImage,
  signal: AbortSignal,
): Promise<string> {
  const { read, embed } = image;
  return writeAltInNote(captioner, read, embed, await captioner.refine(image, signal));
}
