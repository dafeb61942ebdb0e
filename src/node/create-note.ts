import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { errnoOf, isDiskFull } from './errno.ts';

/**
 * Creates a note; an existing one is left unchanged.
 * @param vaultRoot an absolute path
 * @param path relative to the vault; its folder must exist inside the vault
 * @throws NotesightError `note_unwritable`, `disk_full`; then no note was created
 */
export async function createNote(vaultRoot: string, path: string, markdown: string): Promise<void> {
  try {
    await writeFile(join(vaultRoot, path), markdown, { flag: 'wx' });
  } catch (error) {
    const why = errnoOf(error);
    if (why === 'EEXIST') return;
    const isFull = isDiskFull(error);
    // Remove the partial file, because no later run would complete it.
    if (isFull) await rm(join(vaultRoot, path), { force: true });
    throw new NotesightError(isFull ? 'disk_full' : 'note_unwritable', `${path}: ${String(error)}`, {
      data: { path, why },
      cause: error,
    });
  }
}
