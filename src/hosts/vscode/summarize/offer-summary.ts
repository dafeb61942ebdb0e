import { env, type QuickPickItem, window } from 'vscode';
import { findSections, type SectionPlace } from '../../../core/note/managed-section.ts';
import type { Summary } from '../../../core/summarize/summarize-note.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { saveInNewNote, saveInNote } from './save-summary.ts';
import type { NoteToSummarize } from './stream-summary.ts';

interface Choice extends QuickPickItem {
  readonly run: () => Promise<unknown>;
}

/**
 * Asks where to save a summary and does it.
 * @param note with its current text
 * @param cursor in UTF-16 code units
 */
export async function offerSummary(
  note: NoteToSummarize,
  cursor: number,
  summary: Summary,
  words: VscodeWords,
): Promise<void> {
  const { summary: labels, summaries } = words;
  const inNote = (label: string, place: SectionPlace, moves = true): Choice => ({
    label,
    async run() {
      await saveInNote(note, summary.markdown, { place, moves });
      void window.setStatusBarMessage(labels.written, 5000);
    },
  });
  const [old] = findSections(note.markdown);
  const isEdited = old?.isEdited === true;
  const newNote: Choice = {
    label: labels.newNote,
    run: () => saveInNewNote(note, summary.markdown, !isEdited, words),
  };
  const choices: Choice[] = [
    // The first one is the default: it must not replace what the user wrote.
    ...(isEdited ? [newNote] : []),
    ...(old !== undefined ? [inNote(labels.replace, 'top', false)] : []),
    inNote(labels.top, 'top'),
    inNote(labels.bottom, 'bottom'),
    inNote(labels.cursor, cursor),
    ...(isEdited ? [] : [newNote]),
    { label: labels.copy, run: async () => env.clipboard.writeText(summary.markdown) },
  ];
  const title = isEdited ? labels.edited : summaries.where;
  const options = { title, placeHolder: summary.line, ignoreFocusOut: true };
  const choice = await window.showQuickPick(choices, options);
  await choice?.run();
}
