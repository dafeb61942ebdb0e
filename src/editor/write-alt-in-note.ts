import { type ReadNote, writeCaptions } from '../core/caption/write-captions.ts';
import type { ImageEmbed } from '../core/note/image-embed.ts';
import type { Captioner } from './captioner.ts';
import { embedGone } from './review/review-writer.ts';

/**
 * Replaces the alt text of an image in its note, or removes it. A description below the image stays.
 * @param alt '' to remove the alt text
 * @returns the batch, for undoing it
 * @throws NotesightError
 */
export async function writeAltInNote(
  { ports }: Captioner,
  read: ReadNote,
  embed: ImageEmbed,
  alt: string,
): Promise<string> {
  const { notes, openVaultData } = ports;
  const { journal } = await openVaultData();
  const description = { alt, description: '', text: '', tags: [], decorative: false };
  const batch = await journal.begin();
  const caption = { embed, description, removes: alt === '' };
  const { gone } = await writeCaptions(read, [caption], 'alt', { notes, journal, batch });
  if (gone.size > 0) throw embedGone(read.note);
  return batch;
}
