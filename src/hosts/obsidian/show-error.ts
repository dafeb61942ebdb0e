import { Notice } from 'obsidian';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import { errorText } from '../../editor/notices.ts';

/** Shows an error as a notice, unless the user cancelled. Rethrows any error that is not a `NotesightError`. */
export function showError(error: unknown, explain: (error: NotesightError) => Explanation): void {
  if (!(error instanceof NotesightError)) throw error;
  if (isCancelled(error)) return;
  new Notice(errorText(explain, error), 10_000);
}
