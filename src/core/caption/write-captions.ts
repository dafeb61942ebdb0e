import type { TextEdit } from '../markdown/text-edit.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import type { Description } from '../model/image-description.ts';
import { findImages } from '../note/find-images.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { findAgain, findReworded } from '../note/relocate-embed.ts';
import { isMdx, mdxEdits } from '../note/mdx-edits.ts';
import { recordEdits } from '../note/undo-edit.ts';
import type { CaptionStyle } from '../note/write-caption.ts';
import { captionEdits } from '../note/write-caption.ts';
import type { UndoableNotes } from '../storage/undoable-notes.ts';

/** The text of a note when its embeds were found. */
export interface ReadNote {
  readonly note: string;
  readonly markdown: string;
  readonly embeds: readonly ImageEmbed[];
}

/** Alt text for an embed of a note that was read. */
export interface Caption {
  readonly embed: ImageEmbed;
  readonly description: Description;
  /** Whether a person removed the alt text. */
  readonly removes?: boolean;
}

/** The text of a note before and after. */
export interface WrittenNote {
  readonly before: string;
  readonly after: string;
  /** Embeds that were removed from the note, or that got alt text from a person or another run meanwhile. */
  readonly gone: ReadonlySet<ImageEmbed>;
  /** The current alt text of the embeds that got it meanwhile. */
  readonly reworded: ReadonlyMap<ImageEmbed, string>;
}

/** The note's text with the captions. If the text has changed since it was read, the embeds are located again. */
export function planCaptions(
  read: ReadNote,
  current: string,
  captions: readonly Caption[],
  style: CaptionStyle,
): WrittenNote & { readonly edits: readonly TextEdit[]; readonly embeds: readonly ImageEmbed[] } {
  const embeds = current === read.markdown ? read.embeds : findImages(current);
  const gone = new Set<ImageEmbed>();
  const reworded = new Map<ImageEmbed, string>();
  const wanted: Caption[] = [];
  for (const caption of captions) {
    const { embed } = caption;
    const place = embeds === read.embeds ? embed : findAgain(embed, read.embeds, embeds);
    if (place === null) {
      gone.add(embed);
      const other = findReworded(embed, read.embeds, embeds);
      if (other !== null) reworded.set(embed, other.alt);
    } else wanted.push({ ...caption, embed: place });
  }
  const plain = captionEdits(current, wanted, style);
  const edits = isMdx(read.note) ? mdxEdits(plain, embeds) : plain;
  return { before: current, after: applyEdits(current, edits), gone, reworded, edits, embeds };
}

/** The result for a note that gets no captions. */
export function unchanged({ markdown }: ReadNote): WrittenNote {
  return { before: markdown, after: markdown, gone: new Set(), reworded: new Map() };
}

/**
 * Writes captions into a note. The journal gets the edits before the note is written: if the process is killed
 * between the two, the journal has an entry without matching text, which undo skips, but the note never has text that
 * can't be undone.
 * @throws NotesightError `note_missing`, `note_unreadable`, `note_unwritable`, `memory_unwritable`, `disk_full`
 */
export async function writeCaptions(
  read: ReadNote,
  captions: readonly Caption[],
  style: CaptionStyle,
  { notes, journal, batch }: UndoableNotes,
): Promise<WrittenNote> {
  let written: WrittenNote = unchanged(read);
  let recorded = 0;
  try {
    await notes.update(read.note, async (current) => {
      const plan = planCaptions(read, current, captions, style);
      written = plan;
      if (plan.after === current) return null;
      await journal.record(batch, read.note, recordEdits(current, plan.edits, plan.embeds));
      recorded++;
      return plan.after;
    });
  } catch (error) {
    if (recorded > 0 && (await notes.read(read.note).catch(() => null)) === written.before)
      await withdraw(recorded, read.note, { journal, batch });
    throw error;
  }
  return written;
}

/** Removes the entries of a failed write from what can be undone, unless the batch wrote the note before. */
async function withdraw(
  recorded: number,
  note: string,
  { journal, batch }: Pick<UndoableNotes, 'journal' | 'batch'>,
): Promise<void> {
  const entries = (await journal.entries(batch)).filter((entry) => entry.note === note);
  if (entries.length === recorded) await journal.markUndone(batch, note);
}
