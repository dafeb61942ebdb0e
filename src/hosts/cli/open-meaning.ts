import { isCancelled, NotesightError } from '../../core/errors.ts';
import { openVectorStore } from '../../core/memory/vector-store.ts';
import { chooseEmbeddingModel } from '../../core/model/ollama/choose-embedding-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import type { ServerModel } from '../../core/model/server/server-model.ts';
import { createOllamaEmbeddingModel } from '../../core/model/ollama/ollama-embedding-model.ts';
import { createMeaning, type Meaning } from '../../core/search/meaning.ts';
import { dataFolder } from '../node/data-folder.ts';
import type { Vault } from '../node/find-vault-root.ts';
import { createLineFile } from '../node/line-file.ts';
import { ollamaServer } from './ollama-server.ts';

/** What finds by meaning in a vault. */
export interface VaultMeaning {
  readonly meaning: Meaning;
  /** The name of the model, as its server spells it. */
  readonly model: string;
}

/**
 * Null where no server answers or it has no model for that, unless the user named the server.
 * @throws NotesightError the codes of a server that was named, `memory_unreadable`, `bad_usage`
 */
export async function openMeaning(
  vault: Vault,
  host: string | undefined,
  signal: AbortSignal,
): Promise<VaultMeaning | null> {
  const server = ollamaServer(host);
  const models = await listModels(server, signal).catch((error: unknown): ServerModel[] => {
    if (host !== undefined || !(error instanceof NotesightError) || isCancelled(error)) throw error;
    return [];
  });
  const model = chooseEmbeddingModel(models);
  if (model === null) return null;
  const embedding = createOllamaEmbeddingModel(server, model);
  const { vectors } = await dataFolder(vault);
  const store = await openVectorStore(createLineFile(vectors), embedding.id);
  return { meaning: createMeaning(embedding, store), model: model.name };
}
