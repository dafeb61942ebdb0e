import * as z from 'zod/mini';
import type { EmbeddingModel } from '../../model/embedding-model.ts';
import { embeddingPrefixes } from '../../model/families/embedding-prefixes.ts';
import type { ServerModel } from '../../model/server-model.ts';
import { checkVectors } from '../check-vectors.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { askOllama } from './ollama-call.ts';

const Embedded = z.object({ embeddings: z.array(z.array(z.number())) });

/** @param keepAlive how long the server keeps the model in memory, in Ollama's format */
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
