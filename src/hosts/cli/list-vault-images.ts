import { NotesightError } from '../../core/errors.ts';
import type { ListedImage } from '../../core/note/list-images.ts';
import { listImages } from '../../core/note/list-images.ts';
import type { Position } from '../../core/text/line-column.ts';
import { lineColumn } from '../../core/text/line-column.ts';
import type { SelectedVault } from './select-vaults.ts';

/** An image with its position in the note. */
export interface PlacedImage extends Position {
  readonly note: string;
  readonly listed: ListedImage;
}

/** The images of the selected notes, in order; for a note that can't be read, the error. */
export async function* listVaultImages(
  vaults: readonly SelectedVault[],
): AsyncGenerator<PlacedImage | NotesightError> {
  for (const vault of vaults) {
    for (const note of vault.selected) {
      const markdown = await vault.notes.read(note).catch((error: unknown) => {
        if (error instanceof NotesightError) return error;
        throw error;
      });
      if (markdown instanceof NotesightError) {
        yield markdown;
        continue;
      }
      const at = lineColumn(markdown);
      for (const listed of listImages(note, markdown, vault.index)) {
        yield { note, listed, ...at(listed.embed.from) };
      }
    }
  }
}
