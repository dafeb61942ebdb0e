import { NotesightError } from '../../core/errors.ts';
import { inWords, say } from './output.ts';
import type { SelectedVault } from './select-vaults.ts';

/** The selected notes with their texts, one at a time; one that can't be read is told of and comes as null. */
export async function* readNotes(
  vault: SelectedVault,
): AsyncGenerator<{ readonly note: string; readonly markdown: string } | null> {
  for (const note of vault.selected) {
    try {
      yield { note, markdown: await vault.notes.read(note) };
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      say(inWords(error));
      yield null;
    }
  }
}
