import { openCaptionLog } from '../../core/memory/caption-log.ts';
import type { CaptionLog } from '../../core/memory/caption-log.ts';
import { createJournal } from '../../core/memory/journal.ts';
import type { Journal } from '../../core/memory/journal.ts';
import { dataFolder } from './data-folder.ts';
import type { Vault } from './find-vault-root.ts';
import { createLineFile } from './line-file.ts';

/**
 * What is known of a vault: the captions that were made and the journal of what was written.
 * @throws NotesightError `memory_unreadable`, `memory_unwritable`
 */
export async function openMemory(vault: Vault): Promise<{ log: CaptionLog; journal: Journal }> {
  const { captions, journal } = await dataFolder(vault);
  return {
    log: await openCaptionLog(createLineFile(captions)),
    journal: createJournal(createLineFile(journal)),
  };
}
