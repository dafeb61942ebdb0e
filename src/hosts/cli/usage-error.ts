import { NotesightError } from '../../core/errors.ts';

/** The error for invalid combinations of options or arguments. @param why a sentence without a period */
export function usageError(why: string): NotesightError {
  return new NotesightError('bad_usage', why, { data: { why } });
}
