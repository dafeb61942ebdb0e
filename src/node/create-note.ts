import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { errnoOf, isDiskFull } from './errno.ts';

/**
 * Makes a note that is not there yet; one that is there is left as it is.
 * @param vaultRoot an absolute path
 * @param path relative to the vault; its folder is there, and is known to lie in the vault
 * @throws NotesightError `note_unwritable`, `disk_full`; then there is no note
 */
export async function createNote(vaultRoot: string, path: string, markdown: string): Promise<void> {
  try {
    await writeFile(join(vaultRoot, path), markdown, { flag: 'wx' });
  } catch (error) {
    const why = errnoOf(error);
    if (why === 'EEXIST') return;
    const isFull = isDiskFull(error);
    // A part of it, which no later run would complete.
    if (isFull) await rm(join(vaultRoot, path), { force: true });
    throw new NotesightError(isFull ? 'disk_full' : 'note_unwritable', `${path}: ${String(error)}`, {
      data: { path, why },
      cause: error,
    });
  }
}
