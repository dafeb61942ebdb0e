import type { NoteImage } from '../../core/ask/note-images.ts';
import { pluralEn } from '../../core/text/plural.ts';
import { badPath } from '../../node/existing-path.ts';
import type { Vault } from '../../node/find-vault-root.ts';

/** Without a vault, only the folder of the note was searched. */
const ELSEWHERE = ' in its folder; if they are in another one, name the folder above both with --vault';

/**
 * The images of a note with the numbers given by the user, starting at 1; all images if no number is given.
 * @throws NotesightError `bad_usage` if the note has no images, or no image with one of the numbers
 */
export function chosenImages<Image extends NoteImage>(
  images: readonly Image[],
  numbers: readonly number[],
  note: string,
  vault: Pick<Vault, 'kind'>,
): Image[] {
  if (images.length === 0)
    throw badPath(note, `has no readable images${vault.kind === 'folder' ? ELSEWHERE : ''}`);
  const missing = numbers.find((number) => number > images.length);
  if (missing !== undefined) {
    const count = pluralEn(images.length, 'readable image', 'readable images');
    throw badPath(note, `has only ${count}; there is no image ${missing}`);
  }
  return images.filter((_, index) => numbers.length === 0 || numbers.includes(index + 1));
}
