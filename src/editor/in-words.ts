import { isCancelled, NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';

/** What work says at its end, or what went wrong and what to do; nothing where it was stopped. */
export async function inWords(
  explain: (error: NotesightError) => Explanation,
  work: () => Promise<string>,
): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return '';
    const { message, advice } = explain(error);
    return `${message} ${advice}`;
  }
}
