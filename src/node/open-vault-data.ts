import { dirname, join } from 'node:path';
import type { CaptionLog } from '../core/storage/caption-log.ts';
import { openCaptionLog } from '../core/storage/caption-log.ts';
import { type Claims, createClaims } from '../core/storage/claims.ts';
import type { Journal } from '../core/storage/journal.ts';
import { createJournal } from '../core/storage/journal.ts';
import { dataFolder } from './data-folder.ts';
import type { Vault } from './find-vault-root.ts';
import { createLineFile } from './line-file.ts';
import { hasProcessEnded, thisProcess } from './this-process.ts';

/**
 * Opens the stored data of a vault: the caption log, the journal of changes and the images being described.
 * @throws NotesightError `memory_unreadable`, `memory_unwritable`, `disk_full`
 */
export async function openVaultData(
  vault: Vault,
): Promise<{ log: CaptionLog; journal: Journal; claims: Claims }> {
  const { captions, journal } = await dataFolder(vault);
  return {
    log: await openCaptionLog(createLineFile(captions)),
    journal: createJournal(createLineFile(journal)),
    claims: createClaims(createLineFile(join(dirname(captions), 'claims.jsonl')), {
      process: thisProcess(),
      hasEnded: hasProcessEnded,
    }),
  };
}
