import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { isMissing } from './errno.ts';

/**
 * Where a path that a user gave really leads: absolute, all symbolic links followed.
 * @throws NotesightError `bad_usage` where there is no such file or folder
 */
export async function existingPath(path: string): Promise<string> {
  try {
    return await realpath(resolve(path));
  } catch (cause) {
    throw badPath(path, isMissing(cause) ? 'does not exist' : "can't be accessed", cause);
  }
}

/** The error for a path that a user gave and that can't be used. @param why the rest of a sentence about the path */
export function badPath(path: string, why: string, cause?: unknown): NotesightError {
  return new NotesightError('bad_usage', `${path} ${why}`, { data: { path, why }, cause });
}
