import { NotesightError } from '../../core/errors.ts';

/** The error for options or arguments that don't go together. @param why a sentence without its full stop */
export function wrongUse(why: string): NotesightError {
  return new NotesightError('bad_usage', why, { data: { why } });
}
