import { NotesightError } from '../../core/errors.ts';
import { imageDocuments } from '../../core/search/image-documents.ts';
import { createImageIndex, type ImageIndex } from '../../core/search/image-index.ts';
import type { CaptionLog } from '../../core/storage/caption-log.ts';
import { errorText, say } from './output.ts';
import type { SelectedVault } from './select-vaults.ts';

/**
 * Builds the text search over the images of the selected notes of a vault. A note that can't be read is reported and
 * skipped.
 * @param onNote called with each note that has images, and its text
 */
export async function indexImages(
  vault: SelectedVault,
  log: CaptionLog,
  signal: AbortSignal,
  onNote: (note: string, markdown: string) => void = () => undefined,
): Promise<ImageIndex> {
  const index = createImageIndex();
  for (const note of vault.selected) {
    signal.throwIfAborted();
    const markdown = await vault.notes.read(note).catch((error: unknown) => {
      if (!(error instanceof NotesightError)) throw error;
      say(errorText(error));
      return '';
    });
    const documents = imageDocuments(note, markdown, vault.index, (file) => log.at(file));
    index.setNote(note, documents);
    if (documents.length > 0) onNote(note, markdown);
  }
  return index;
}
