import * as z from 'zod/mini';
import { NotesightError } from '../../errors.ts';
import type { EmbeddingModel } from '../embedding-model.ts';
import type { ServerModel } from '../server/server-model.ts';
import { askOllama } from './ollama-call.ts';
import { TIME_LIMITS, type ModelServer } from '../server/model-server.ts';

const SEARCH_SENTENCE = 'Represent this sentence for searching relevant passages: ';

/** What models were trained to read before a text. Source: the card of each model at https://huggingface.co */
const PREFIXES: readonly { readonly model: RegExp; readonly query: string; readonly document: string }[] = [
  { model: /nomic-embed/, query: 'search_query: ', document: 'search_document: ' },
  { model: /embeddinggemma/, query: 'task: search result | query: ', document: 'title: none | text: ' },
  { model: /arctic-embed2/, query: 'query: ', document: '' },
  { model: /mxbai|arctic-embed|bge-(?:small|base|large)/, query: SEARCH_SENTENCE, document: '' },
  {
    model: /qwen3-embedding/,
    query: 'Instruct: Find the image whose description fits the words\nQuery:',
    document: '',
  },
  { model: /\be5\b/, query: 'query: ', document: 'passage: ' },
];

const Embedded = z.object({ embeddings: z.array(z.array(z.number())) });

/** @param keepAlive how long the server keeps the model in memory, as Ollama takes it */
export function createOllamaEmbeddingModel(
  server: ModelServer,
  { name, digest }: Pick<ServerModel, 'name' | 'digest'>,
  keepAlive?: string | number,
): EmbeddingModel {
  const prefixes = PREFIXES.find(({ model }) => model.test(name.toLowerCase()));
  const subject = { host: server.host, model: name };
  const guard = { subject, first: server.limits?.firstToken ?? TIME_LIMITS.firstToken };
  return {
    id: digest === '' ? name : digest,
    embed: (texts, kind, signal) =>
      askOllama(server, guard, signal, async (client) => {
        const { embeddings } = Embedded.parse(
          await client.embed({
            model: name,
            input: texts.map((text) => (prefixes?.[kind] ?? '') + text),
            truncate: true,
            ...(keepAlive !== undefined && { keep_alive: keepAlive }),
          }),
        );
        const length = embeddings[0]?.length ?? 0;
        if (embeddings.length !== texts.length || embeddings.some((vector) => vector.length !== length)) {
          const detail = `It made ${embeddings.length} vectors for ${texts.length} texts, not all of one length.`;
          throw new NotesightError('server_error', detail, { data: { ...subject, detail } });
        }
        return embeddings;
      }),
  };
}
