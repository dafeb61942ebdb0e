import * as z from 'zod/mini';
import type { EmbeddingModel } from '../embedding-model.ts';
import type { ServerModel } from '../server/server-model.ts';
import { embeddingPrefixes } from '../embedding-prefixes.ts';
import { checkVectors } from '../check-vectors.ts';
import { askOllama } from './ollama-call.ts';
import { TIME_LIMITS, type ModelServer } from '../server/model-server.ts';

const Embedded = z.object({ embeddings: z.array(z.array(z.number())) });

/** @param keepAlive how long the server keeps the model in memory, as Ollama takes it */
export function createOllamaEmbeddingModel(
  server: ModelServer,
  { name, digest }: Pick<ServerModel, 'name' | 'digest'>,
  keepAlive?: string | number,
): EmbeddingModel {
  const prefixes = embeddingPrefixes(name);
  const subject = { host: server.host, model: name };
  const guard = { subject, first: server.limits?.firstToken ?? TIME_LIMITS.firstToken };
  return {
    id: digest === '' ? name : digest,
    embed: (texts, kind, signal) =>
      askOllama(server, guard, signal, async (client) => {
        const { embeddings } = Embedded.parse(
          await client.embed({
            model: name,
            input: texts.map((text) => prefixes[kind] + text),
            truncate: true,
            ...(keepAlive !== undefined && { keep_alive: keepAlive }),
          }),
        );
        checkVectors(embeddings, texts.length, subject);
        return embeddings;
      }),
  };
}
