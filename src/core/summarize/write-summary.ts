import { NotesightError } from '../errors.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { findSections, moveSectionEdits, sectionEdit, type SectionPlace } from '../note/managed-section.ts';
import { isMdx, mdxMarkdown } from '../note/mdx-edits.ts';
import { recordEdits } from '../note/undo-edit.ts';
import type { EditKind } from '../storage/journal.ts';
import type { UndoableNotes } from '../storage/undoable-notes.ts';
import { type ParseYaml, type SummaryProperties, writeProperties } from './write-properties.ts';

export interface WriteOptions {
  readonly place: SectionPlace;
  /** Whether an existing summary moves to `place`; otherwise it is replaced where it is. */
  readonly moves?: boolean;
  /** Whether to replace a summary that a person changed. */
  readonly replace: boolean;
  /** Whether this is only a link to a summary in another note. */
  readonly isLink?: boolean;
  /** Properties to add in the same step; nothing is added if `writeProperties` can't. */
  readonly properties?: (SummaryProperties & { readonly parseYaml: ParseYaml }) | null;
}

/**
 * Throws if the existing summary must not be replaced. Also call it before running the model, so that no work is
 * wasted.
 * @throws NotesightError `section_edited` if a person changed the existing summary
 */
export function refuseEdited(path: string, markdown: string, replace: boolean): void {
  if (replace || findSections(markdown)[0]?.isEdited !== true) return;
  throw new NotesightError('section_edited', `The summary in ${path} was edited.`, { data: { path } });
}

/** The edit that puts a summary into the text of a note, in the syntax of its file. */
export function summaryEdit(path: string, text: string, summary: string, place: SectionPlace): TextEdit {
  return isMdx(path)
    ? sectionEdit(text, mdxMarkdown(summary), place, 'mdx')
    : sectionEdit(text, summary, place);
}

/** The edits that put a summary at a place, and remove the existing one. */
function movedSummaryEdits(path: string, text: string, summary: string, place: SectionPlace): TextEdit[] {
  return isMdx(path)
    ? moveSectionEdits(text, mdxMarkdown(summary), place, 'mdx')
    : moveSectionEdits(text, summary, place);
}

/**
 * Writes a summary into a note as its managed section, in one step. The edit is added to the journal first.
 * @returns whether the note was written; false if it already contains the same summary
 * @throws NotesightError `section_edited`, `note_missing`, `note_unreadable`, `note_unwritable`, `memory_unwritable`
 */
export async function writeSummary(
  path: string,
  markdown: string,
  { place, moves = false, replace, isLink = false, properties = null }: WriteOptions,
  { notes, journal, batch }: UndoableNotes,
): Promise<boolean> {
  return notes.update(path, async (current) => {
    refuseEdited(path, current, replace);
    const written = properties && writeProperties(current, properties, properties.parseYaml);
    const { text, records } = written ?? { text: current, records: [] };
    // An offset moves with the lines above it.
    const shift = text.length - current.length;
    const at = typeof place === 'number' ? place + shift : place;
    const edits = moves
      ? movedSummaryEdits(path, text, markdown, at)
      : [summaryEdit(path, text, markdown, at)];
    const after = applyEdits(text, edits);
    if (after === current) return null;
    const kind: EditKind = isLink ? 'link' : 'summary';
    const section = recordEdits(text, edits, []).filter((record) => record.before !== record.after);
    await journal.record(batch, path, [
      ...records.map((record) => ({ ...record, kind: 'property' as const })),
      ...section.map((record) => ({ ...record, kind })),
    ]);
    return after;
  });
}
