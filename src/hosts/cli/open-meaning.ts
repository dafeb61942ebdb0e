import { openEmbedding } from '../../core/engine/open-embedding.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import { createMeaning, type Meaning } from '../../core/search/meaning.ts';
import { openVectorStore } from '../../core/storage/vector-store.ts';
import { dataFolder } from '../../node/data-folder.ts';
import type { Vault } from '../../node/find-vault-root.ts';
import { createLineFile } from '../../node/line-file.ts';
import { openModels } from './open-models.ts';

/** Search by meaning in a vault. */
export interface VaultMeaning {
  readonly meaning: Meaning;
  /** The name of the model, as reported by its server. */
  readonly model: string;
}

/**
 * Returns null if no server responds or it has no embedding model, unless the user named the server.
 * @throws NotesightError the codes of a server that was named, `memory_unreadable`, `bad_usage`
 */
export async function openMeaning(
  vault: Vault,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<VaultMeaning | null> {
  const found = await openEmbedding(openModels(hosts), signal).catch((error: unknown) => {
    if (!(error instanceof NotesightError) || isCancelled(error)) throw error;
    if (hosts.length > 0 || error.code === 'bad_usage') throw error;
    return null;
  });
  if (found === null) return null;
  const { vectors } = await dataFolder(vault);
  const store = await openVectorStore(createLineFile(vectors), found.model.id);
  return { meaning: createMeaning(found.model, store), model: found.name };
}
