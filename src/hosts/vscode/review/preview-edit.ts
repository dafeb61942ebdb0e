import { type TextDocument, workspace, WorkspaceEdit } from 'vscode';
import { type Caption, planCaptions, type ReadNote } from '../../../core/caption/write-captions.ts';
import { NotesightError } from '../../../core/errors.ts';
import type { TextEdit } from '../../../core/markdown/text-edit.ts';
import { findImages } from '../../../core/note/find-images.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { shownTarget } from '../../../core/note/inline-source.ts';
import { recordEdits } from '../../../core/note/undo-edit.ts';
import { captionStyle } from '../../../editor/caption-style.ts';
import { changesBetween } from '../../../editor/changes-between.ts';
import { confirmEdit } from '../adapters/confirm-edit.ts';
import { hasTab } from '../adapters/document-notes.ts';
import type { VaultWork } from '../vault-work.ts';
import { rangeOf } from '../caption/document-images.ts';

/** Alt text for the images of a note, to review before it is written. */
export interface NoteProposal {
  readonly work: VaultWork;
  readonly read: ReadNote;
  readonly captions: readonly Caption[];
}

interface OpenProposal extends NoteProposal {
  readonly document: TextDocument;
  readonly before: string;
  readonly edits: readonly TextEdit[];
  readonly embeds: readonly ImageEmbed[];
  /** Whether no editor shows it: it is then saved, because the user would not notice unsaved changes. */
  readonly isHidden: boolean;
}

/** What became of the reviewed captions. */
export interface ReviewedEdit {
  /** Number of updated images. */
  readonly written: number;
  /** The errors of notes that could not be written. */
  readonly errors: readonly NotesightError[];
}

/**
 * Lets the user review the captions in VS Code's refactoring preview and writes the accepted ones as one undo step.
 * The journal is written afterwards, because the accepted captions are known only then.
 * @param keepsAlt whether only the text below the images is new
 * @param wrongLanguage label for text in another language than requested
 * @returns null if the user discarded everything
 */
export async function reviewEdit(
  proposals: readonly NoteProposal[],
  keepsAlt: boolean,
  wrongLanguage: string,
): Promise<ReviewedEdit | null> {
  const open = await Promise.all(proposals.map((proposal) => openProposal(proposal, keepsAlt)));
  const edit = new WorkspaceEdit();
  for (const { document, edits, embeds, captions } of open) {
    for (const each of edits) {
      const embed = embeds.findLast(({ from }) => from <= each.from);
      const caption = captions.find((known) => known.embed.target === embed?.target);
      const label = caption?.description.alt ?? each.insert;
      edit.replace(document.uri, rangeOf(document, each), each.insert, {
        needsConfirmation: true,
        label,
        description: [
          shownTarget(embed?.target ?? ''),
          ...(caption?.description.wrongLanguage === true ? [wrongLanguage] : []),
        ].join(' · '),
      });
    }
  }
  if (edit.size === 0) return { written: 0, errors: [] };
  if (!(await workspace.applyEdit(edit))) return null;
  let written = 0;
  const errors: NotesightError[] = [];
  const batches = new Map<VaultWork, string>();
  for (const proposal of open) {
    try {
      written += await record(proposal, batches);
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      errors.push(error);
    }
  }
  return { written, errors };
}

async function openProposal(proposal: NoteProposal, keepsAlt: boolean): Promise<OpenProposal> {
  const { work, read, captions } = proposal;
  const document = await workspace.openTextDocument(work.vault.uriOf(read.note));
  const before = document.getText();
  const style = captionStyle(work.settings(), read.note, keepsAlt);
  const { edits, embeds } = planCaptions(read, before, captions, style);
  return { ...proposal, document, before, edits, embeds, isHidden: !hasTab(document) && !document.isDirty };
}

/** @returns number of images that were updated. @throws NotesightError `note_unwritable` and those of the journal */
async function record(proposal: OpenProposal, batches: Map<VaultWork, string>): Promise<number> {
  const { work, document, before, edits, embeds, read, isHidden } = proposal;
  const after = document.getText();
  const changes = changesBetween(before, after);
  const taken = edits.filter((edit) => changes.some(({ from, to }) => from <= edit.to && edit.from <= to));
  if (taken.length === 0) return 0;
  await confirmEdit(document, before, read.note);
  const { journal } = await work.captioner.ports.openVaultData();
  const batch = batches.get(work) ?? (await journal.begin());
  batches.set(work, batch);
  await journal.record(batch, read.note, recordEdits(before, taken, embeds));
  if (isHidden) await document.save();
  const now = findImages(after);
  return embeds.filter(({ alt }, index) => now[index] !== undefined && now[index].alt !== alt).length;
}
