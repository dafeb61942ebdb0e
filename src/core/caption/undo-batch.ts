import { NotesightError } from '../errors.ts';
import type { Journal } from '../memory/journal.ts';
import { undoEdits } from '../note/undo-edit.ts';
import type { NoteStore } from '../ports.ts';

/** What became of a note of the batch. */
export interface UndoneNote {
  readonly note: string;
  /** How many places were taken back, and how many no longer hold what was written. */
  readonly undone: number;
  readonly kept: number;
  readonly error: NotesightError | null;
}

/**
 * Takes back what a batch wrote, note by note, wherever the text still stands.
 * It reports and doesn't throw: a note that can't be written is told of, and can be undone later.
 */
export async function* undoBatch(
  batch: string,
  ports: { readonly notes: NoteStore; readonly journal: Journal },
  signal: AbortSignal,
): AsyncGenerator<UndoneNote> {
  const entries = await ports.journal.entries(batch);
  for (const note of new Set(entries.map((entry) => entry.note))) {
    if (signal.aborted) return;
    const written = entries.filter((entry) => entry.note === note).reverse();
    let taken = { undone: 0, kept: 0 };
    try {
      await ports.notes.update(note, (current) => {
        taken = { undone: 0, kept: 0 };
        let text = current;
        for (const { edits } of written) {
          const back = undoEdits(text, edits);
          text = back.text;
          taken = { undone: taken.undone + back.undone, kept: taken.kept + back.kept };
        }
        return text;
      });
      await ports.journal.markUndone(batch, note);
      yield { note, ...taken, error: null };
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      yield { note, undone: 0, kept: written.reduce((sum, { edits }) => sum + edits.length, 0), error };
    }
  }
}
