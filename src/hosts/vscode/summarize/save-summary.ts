import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { window } from 'vscode';
import type { SectionPlace } from '../../../core/note/managed-section.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import { writeSummary } from '../../../core/summarize/write-summary.ts';
import { unusedNotePath } from '../../../editor/unused-note-path.ts';
import { createNote } from '../../../node/create-note.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { VaultWork } from '../vault-work.ts';

/** A note in its vault. */
export interface SummarizedNote {
  /** Relative to its vault. */
  readonly path: string;
  readonly work: VaultWork;
}

/**
 * Writes a summary into its note. A summary in the note is replaced.
 * @param how `replace`: whether the user confirmed that a summary edited by hand is replaced
 * @throws NotesightError
 */
export async function saveInNote(
  { path, work }: SummarizedNote,
  text: string,
  how: { readonly place: SectionPlace; readonly moves: boolean; readonly replace: boolean },
): Promise<void> {
  const { notes, openVaultData } = work.captioner.ports;
  const { journal } = await openVaultData();
  const batch = await journal.begin();
  await writeSummary(path, text, how, { notes, journal, batch });
}

/**
 * Writes a summary to a new note beside its note, and opens the new note.
 * @param isLinked whether the note gets a link to it, in place of an existing summary
 */
export async function saveInNewNote(
  { path: note, work }: SummarizedNote,
  summary: string,
  isLinked: boolean,
  { summary: words }: VscodeWords,
): Promise<void> {
  const { vault } = work;
  const name = words.fileName(note.slice(0, note.length - extname(note).length));
  const path = unusedNotePath(name, (each) => existsSync(join(vault.root, each)));
  const { notes, openVaultData } = work.captioner.ports;
  const { journal } = await openVaultData();
  const batch = await journal.begin();
  const text = `${summary}\n`;
  await journal.record(batch, path, [{ before: '', after: text, from: 0, kind: 'note' }]);
  await createNote(vault.root, path, text);
  const title = basename(path, '.md');
  const link = vault.kind === 'obsidian' ? `[[${title}]]` : `[${title}](${relativeUrl(note, path)})`;
  const options = { place: 'top', replace: true, isLink: true } as const;
  if (isLinked) await writeSummary(note, link, options, { notes, journal, batch });
  void window.setStatusBarMessage(words.written, 5000);
  await window.showTextDocument(vault.uriOf(path), { preview: false });
}
