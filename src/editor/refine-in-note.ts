import { writeCaptions } from '../core/caption/write-captions.ts';
import type { Captioner, RefinedImage } from './captioner.ts';
import { embedGone } from './review/review-writer.ts';

/**
 * Writes the alt text of an image again as the user asks, and replaces it in its note. A description below the image
 * stays.
 * @throws NotesightError
 */
export async function refineInNote(
  captioner: Captioner,
  image: RefinedImage,
  signal: AbortSignal,
): Promise<void> {
  const { read, embed } = image;
  const alt = await captioner.refine(image, signal);
  const { notes, openVaultData } = captioner.ports;
  const { journal } = await openVaultData();
  const description = { alt, description: '', text: '', tags: [], decorative: false };
  const undoable = { notes, journal, batch: await journal.begin() };
  const { gone } = await writeCaptions(read, [{ embed, description }], 'alt', undoable);
  if (gone.size === 0) return;
  throw embedGone(read.note);
}
