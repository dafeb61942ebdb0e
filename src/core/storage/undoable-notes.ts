import type { NoteStore } from '../ports.ts';
import type { Journal } from './journal.ts';

/** Notes to write to, so that the edits can be undone. */
export interface UndoableNotes {
  readonly notes: NoteStore;
  readonly journal: Journal;
  /** The batch of the journal that gets the edits. */
  readonly batch: string;
}
