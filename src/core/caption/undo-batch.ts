import { NotesightError } from '../errors.ts';
import { undoEdits } from '../note/undo-edit.ts';
import { undoProperties } from '../note/undo-properties.ts';
import type { NoteStore } from '../ports.ts';
import { type EditKind, type Journal, type JournalEdit, kindOf } from '../storage/journal.ts';

/** What became of a note of the batch. */
export interface UndoneNote {
  readonly note: string;
  /** How many places were taken back, and how many no longer hold what was written. */
  readonly undone: number;
  readonly kept: number;
  /** How many captions and summaries are among those that were taken back. */
  readonly captions: number;
  readonly summaries: number;
  /** Whether the batch had created the note, and it is gone again. */
  readonly removed: boolean;
  readonly error: NotesightError | null;
}

type Counts = Omit<UndoneNote, 'note' | 'error'>;

const NOTHING: Counts = { undone: 0, kept: 0, captions: 0, summaries: 0, removed: false };

/**
 * Takes back what a batch wrote, note by note, wherever the text still stands. A note that it created is removed if it
 * is as it was created, and stays otherwise.
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
    const written = entries.filter((entry) => entry.note === note).map(({ edits }) => edits);
    const created = written.flat().find((edit) => kindOf(edit) === 'note');
    try {
      const counts = await (created === undefined
        ? undoNote(note, written, ports.notes)
        : removeNote(note, created, ports.notes));
      await ports.journal.markUndone(batch, note);
      yield { note, ...counts, error: null };
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      yield { note, ...NOTHING, kept: written.flat().length, error };
    }
  }
}

async function removeNote(note: string, { after }: JournalEdit, notes: NoteStore): Promise<Counts> {
  try {
    const removed = await notes.remove(note, after);
    return removed ? { ...NOTHING, undone: 1, summaries: 1, removed } : { ...NOTHING, kept: 1 };
  } catch (error) {
    // Somebody has removed it already.
    if (error instanceof NotesightError && error.code === 'note_missing') return NOTHING;
    throw error;
  }
}

async function undoNote(
  note: string,
  written: readonly (readonly JournalEdit[])[],
  notes: NoteStore,
): Promise<Counts> {
  let counts = NOTHING;
  await notes.update(note, (current) => {
    counts = NOTHING;
    let text = current;
    for (const edits of written.toReversed()) {
      // Properties stand above the rest and were written before it.
      for (const kind of ['caption', 'link', 'summary', 'property'] as const) {
        const back = undoKind(text, edits, kind);
        text = back.text;
        counts = add(counts, kind, back);
      }
    }
    return text;
  });
  return counts;
}

function undoKind(text: string, edits: readonly JournalEdit[], kind: EditKind): ReturnType<typeof undoEdits> {
  const ofKind = edits.filter((edit) => kindOf(edit) === kind);
  return kind === 'property' ? undoProperties(text, ofKind) : undoEdits(text, ofKind);
}

function add(counts: Counts, kind: EditKind, { undone, kept }: { undone: number; kept: number }): Counts {
  return {
    ...counts,
    undone: counts.undone + undone,
    kept: counts.kept + kept,
    captions: counts.captions + (kind === 'caption' ? undone : 0),
    summaries: counts.summaries + (kind === 'summary' ? undone : 0),
  };
}
