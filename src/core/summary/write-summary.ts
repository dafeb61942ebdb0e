import { NotesightError } from '../errors.ts';
import type { Journal } from '../memory/journal.ts';
import { findSections, sectionEdit, type SectionPlace } from '../note/managed-section.ts';
import { applyEdits } from '../note/text-edit.ts';
import { recordEdits } from '../note/undo-edit.ts';
import type { NoteStore } from '../ports.ts';

export interface WriteOptions {
  readonly place: SectionPlace;
  /** Whether a summary goes that a person changed. */
  readonly replace: boolean;
}

/**
 * To be asked before the model is, too: its work would be for nothing.
 * @throws NotesightError `section_edited` where a person changed the summary that is there
 */
export function refuseEdited(path: string, markdown: string, replace: boolean): void {
  if (replace || findSections(markdown)[0]?.isEdited !== true) return;
  throw new NotesightError('section_edited', `The summary in ${path} was edited.`, { data: { path } });
}

/**
 * Writes a summary into a note as its managed section, in one step; the journal has it before.
 * @param batch of the journal, so that it can be undone
 * @returns whether the note was written: not where the same stands there already
 * @throws NotesightError `section_edited`, `note_missing`, `note_unreadable`, `note_unwritable`, `memory_unwritable`
 */
export async function writeSummary(
  path: string,
  markdown: string,
  { place, replace }: WriteOptions,
  batch: string,
  ports: { readonly notes: NoteStore; readonly journal: Journal },
): Promise<boolean> {
  return ports.notes.update(path, async (current) => {
    refuseEdited(path, current, replace);
    const edit = sectionEdit(current, markdown, place);
    const after = applyEdits(current, [edit]);
    if (after === current) return null;
    await ports.journal.record(batch, path, recordEdits(current, [edit], []));
    return after;
  });
}
