import type { NoteImage } from '../../core/ask/note-images.ts';
import { pluralEn } from '../../core/text/plural.ts';
import { badPath } from '../../node/existing-path.ts';

/**
 * The images of a note that the user named by their numbers, from 1; all where none is named.
 * @throws NotesightError `bad_usage` where the note has none at all, or none of a number
 */
export function chosenImages<Image extends NoteImage>(
  images: readonly Image[],
  numbers: readonly number[],
  note: string,
): Image[] {
  if (images.length === 0) throw badPath(note, 'has no images that can be read');
  const missing = numbers.find((number) => number > images.length);
  if (missing !== undefined) {
    const count = pluralEn(images.length, 'image that can be read', 'images that can be read');
    throw badPath(note, `has ${count}, and no number ${missing}`);
  }
  return images.filter((_, index) => numbers.length === 0 || numbers.includes(index + 1));
}
