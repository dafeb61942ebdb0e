import { mapAhead } from '../../core/caption/pipeline.ts';
import { NotesightError } from '../../core/errors.ts';
import { inWords, say } from './output.ts';
import type { SelectedVault } from './select-vaults.ts';

/** A file costs little but waiting: so many notes are read at once. */
const READ_AHEAD = 16;

/** The selected notes with their texts, in order; one that can't be read is told of and comes as null. */
export async function* readNotes(
  vault: SelectedVault,
): AsyncGenerator<{ readonly note: string; readonly markdown: string } | null> {
  const read = async (note: string) => ({
    note,
    markdown: await vault.notes.read(note).catch((error: unknown) => {
      if (error instanceof NotesightError) return error;
      throw error;
    }),
  });
  for await (const { note, markdown } of mapAhead(vault.selected, READ_AHEAD, read)) {
    if (markdown instanceof NotesightError) say(inWords(markdown));
    yield markdown instanceof NotesightError ? null : { note, markdown };
  }
}
