import { NotesightError } from '../errors.ts';
import type { ImageStore } from '../ports.ts';

/**
 * The error for an image that is not among the files of its vault: `image_in_icloud` if the store finds it there, in
 * the folder of the note or from the root of the vault, otherwise `image_missing`.
 * @param target as in `ImageEmbed.target`
 * @param note its path, relative to the vault
 */
export async function missingImage(
  target: string,
  note: string,
  images: ImageStore,
  signal: AbortSignal,
): Promise<NotesightError> {
  const path = decoded(target.replace(/[?#].*$/s, '')).replace(/^\.?\//, '');
  const folder = note.slice(0, note.lastIndexOf('/') + 1);
  for (const candidate of new Set([folder + path, path])) {
    const error = await images.read(candidate, signal).catch((failure: unknown) => failure);
    if (error instanceof NotesightError && error.code === 'image_in_icloud') return error;
  }
  return new NotesightError('image_missing', `${target} of ${note} is not there`, { data: { path: target } });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
