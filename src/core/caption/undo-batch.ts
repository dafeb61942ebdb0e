import { NotesightError } from '../errors.ts';
import { undoEdits } from '../note/undo-edit.ts';
import { undoProperties } from '../note/undo-properties.ts';
import type { NoteStore } from '../ports.ts';
import { type EditKind, type Journal, type JournalEdit, kindOf } from '../storage/journal.ts';

/** What happened to a note of the batch. */
export interface UndoneNote {
  readonly note: string;
  /** How many edits were undone, and how many were skipped because the text has changed. */
  readonly undone: number;
  readonly kept: number;
  /** How many of the undone edits are captions, and how many are summaries. */
  readonly captions: number;
  readonly summaries: number;
  /** Whether the batch had created the note and undo removed it. */
  readonly removed: boolean;
  readonly error: NotesightError | null;
}

type Counts = Omit<UndoneNote, 'note' | 'error'>;

const NOTHING: Counts = { undone: 0, kept: 0, captions: 0, summaries: 0, removed: false };

/**
 * Undoes what a batch wrote, note by note, as far as the text is unchanged. A note that the batch created is removed
 * if it is unchanged, and kept otherwise. Errors are reported, not thrown: a note that can't be written can be undone
 * later.
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
    // The note has been removed already.
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
      // Properties are above the rest and were written before it, so they are undone last.
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
