import { isCancelled, NotesightError } from '../errors.ts';
import type { EmbeddingModel } from '../model/embedding-model.ts';
import { chooseEmbeddingModel } from '../model/families/choose-embedding-model.ts';
import type { ModelSources } from '../servers/server-pool.ts';

export interface OpenedEmbedding {
  /** As its server spells it. */
  readonly name: string;
  readonly host: string;
  readonly model: EmbeddingModel;
}

/**
 * Opens the embedding model of the first server that has one; null if no reachable server does.
 * @throws NotesightError every code of a server, if none answers
 */
export async function openEmbedding(
  sources: ModelSources,
  signal: AbortSignal,
): Promise<OpenedEmbedding | null> {
  const answered = new Set<string>();
  try {
    return await sources.first(async (source) => {
      const { host } = source.server;
      const chosen = chooseEmbeddingModel(await source.list(signal));
      answered.add(host);
      if (chosen === null)
        throw new NotesightError('model_missing', 'no embedding model', { data: { host } });
      return { name: chosen.name, host, model: source.embedding(chosen) };
    }, signal);
  } catch (error) {
    if (answered.size > 0 && !isCancelled(error)) return null;
    throw error;
  }
}
