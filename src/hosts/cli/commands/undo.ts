import { undoBatch } from '../../../core/caption/undo-batch.ts';
import { createNoteFiles } from '../../node/note-files.ts';
import { findVaultRoot } from '../../node/find-vault-root.ts';
import { openMemory } from '../../node/open-memory.ts';
import { pluralEn } from '../../../core/words/plural.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, inWords, print, printJson, say } from '../output.ts';

/** `notesight undo`: takes back the last batch, where its text still stands; `--list` lists the batches. */
export async function undoCommand(
  vaultDir: string | undefined,
  options: { list: boolean; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const vault = await findVaultRoot('.', vaultDir);
  const { journal } = await openMemory(vault);
  if (options.list) {
    for (const batch of await journal.batches()) {
      if (options.json) printJson(batch);
      else {
        const state = batch.undone ? '  (taken back)' : '';
        const where = `${pluralEn(batch.edits, 'place', 'places')} in ${pluralEn(batch.notes, 'note', 'notes')}`;
        print(`${batch.at}  ${where}${state}  ${batch.id}`);
      }
    }
    return EXIT.done;
  }

  const last = await journal.lastBatch();
  if (last === undefined) {
    say(`Nothing to undo in ${vault.root}.`);
    return EXIT.done;
  }
  const notes = createNoteFiles(vault.root);
  let failed = false;
  for await (const { note, undone, kept, error } of undoBatch(last.id, { notes, journal }, signal)) {
    if (error !== null) failed = true;
    if (options.json) {
      printJson({
        note,
        undone,
        kept,
        error: error === null ? null : errorJson(error),
      });
    } else if (error !== null) say(`${note}: ${inWords(error)}`);
    else
      print(`${note}: ${undone} taken back${kept > 0 ? `, ${kept} left: the text was changed since` : ''}`);
  }
  if (signal.aborted) return EXIT.stopped;
  return failed ? EXIT.failed : EXIT.done;
}
