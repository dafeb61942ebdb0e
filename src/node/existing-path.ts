import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { isMissing } from './errno.ts';

/**
 * Resolves a path given by the user: absolute, with all symbolic links followed.
 * @throws NotesightError `bad_usage` if there is no such file or folder
 */
export async function existingPath(path: string): Promise<string> {
  try {
    return await realpath(resolve(path));
  } catch (cause) {
    throw badPath(path, isMissing(cause) ? 'does not exist' : "can't be accessed", cause);
  }
}

/** The error for an unusable path given by the user. @param why the rest of a sentence that starts with the path */
export function badPath(path: string, why: string, cause?: unknown): NotesightError {
  return new NotesightError('bad_usage', `${path} ${why}`, { data: { path, why }, cause });
}
