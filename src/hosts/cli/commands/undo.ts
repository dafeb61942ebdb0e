import { undoBatch, type UndoneNote } from '../../../core/caption/undo-batch.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { findVaultRoot } from '../../../node/find-vault-root.ts';
import { createNoteFiles } from '../../../node/note-files.ts';
import { openVaultData } from '../../../node/open-vault-data.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, errorText, print, printJson, say } from '../output.ts';

/** `notesight undo`: undoes the last batch where its text is unchanged; `--list` lists the batches. */
export async function undoCommand(
  vaultDir: string | undefined,
  options: { list: boolean; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const vault = await findVaultRoot('.', vaultDir);
  const { journal } = await openVaultData(vault);
  if (options.list) {
    for (const batch of await journal.batches()) {
      if (options.json) printJson(batch);
      else {
        const state = batch.undone ? '  (undone)' : '';
        const where = `${counted(batch, batch.edits)} in ${pluralEn(batch.notes, 'note', 'notes')}`;
        print(`${batch.at}  ${where}${state}  ${batch.id}`);
      }
    }
    return EXIT.done;
  }

  const last = await journal.lastBatch();
  if (last === undefined) {
    say(`Nothing to undo in ${vault.root}. To undo a batch in another vault, use --vault.`);
    return EXIT.done;
  }
  const notes = createNoteFiles(vault.root);
  let failed = false;
  for await (const result of undoBatch(last.id, { notes, journal }, signal)) {
    const { note, error } = result;
    if (error !== null) failed = true;
    if (options.json) printJson({ ...result, error: error === null ? null : errorJson(error) });
    else if (error !== null) say(`${note}: ${errorText(error)}`);
    else print(`${note}: ${outcome(result)}`);
  }
  if (signal.aborted) return EXIT.stopped;
  return failed ? EXIT.failed : EXIT.done;
}

function outcome({ undone, kept, removed, ...counts }: UndoneNote): string {
  const done = [
    ...(undone > 0 || kept === 0 ? [`${counted(counts, undone)} reverted`] : []),
    ...(removed ? ['note deleted'] : []),
    ...(kept > 0 ? [`${pluralEn(kept, 'edit', 'edits')} skipped (changed since)`] : []),
  ];
  return done.join(', ');
}

/** The number of captions and summaries, or of all edits if there are neither, such as a link to a summary. */
function counted(counts: { readonly captions: number; readonly summaries: number }, edits: number): string {
  const { captions, summaries } = counts;
  const parts = [
    ...(captions > 0 ? [pluralEn(captions, 'image', 'images')] : []),
    ...(summaries > 0 ? [pluralEn(summaries, 'summary', 'summaries')] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : pluralEn(edits, 'edit', 'edits');
}
