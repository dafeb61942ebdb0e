import * as z from 'zod/mini';

import type { EmbeddingModel } from '../../model/embedding-model.ts';
import { embeddingPrefixes } from '../../model/families/embedding-prefixes.ts';
import { checkVectors } from '../check-vectors.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { apiUrl, askOpenAi, subjectOf } from './openai-call.ts';

const Embedded = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
});

/** Creates an embedding model on an OpenAI-compatible server. Only the name identifies it. */
export function createOpenAiEmbeddingModel(server: ModelServer, name: string): EmbeddingModel {
  const prefixes = embeddingPrefixes(name);
  const subject = subjectOf(server, name);
  const url = apiUrl(server.host, '/embeddings');
  const limit = server.limits?.firstToken ?? TIME_LIMITS.firstToken;
  return {
    id: name,
    async embed(texts, kind, signal) {
      const body = { model: name, input: texts.map((text) => prefixes[kind] + text) };
      const question = { url, body, subject, limit };
      const { data } = await askOpenAi(server, question, (value) => Embedded.parse(value), signal);
      const vectors = [...data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      checkVectors(vectors, texts.length, subject);
      return vectors;
    },
  };
}
