import { isCancelled, NotesightError } from '../errors.ts';

/** Any other error is a bug or the platform's own error for a stop. */
export function asNotesightError(error: unknown): NotesightError {
  if (error instanceof NotesightError) return error;
  if (isCancelled(error)) return cancelled(error);
  throw error;
}

export function cancelled(cause: unknown): NotesightError {
  return new NotesightError('cancelled', 'stopped', { cause });
}
