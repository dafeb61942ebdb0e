import type { ConversationModel } from '../conversation-model.ts';
import { imageTokens, inputRule, inputSize } from './input-size.ts';
import { createOllamaChat } from './ollama-chat.ts';
import type { OllamaServer } from './ollama-server.ts';
import { DEFAULT_CONTEXT, type OllamaModelOptions } from './ollama-vision-model.ts';
import { showModel } from './show-model.ts';

/** Models that were trained on one image at a time mix up several. Source: their published training. */
const ONE_IMAGE = /mllama|llama3\.2-vision|llava|moondream/;
const IMAGES_AT_ONCE = 4;

/**
 * A model of an Ollama server that answers questions, also one that can't see.
 * @throws NotesightError `model_missing` and every code of a server
 */
export async function createOllamaConversationModel(
  server: OllamaServer,
  name: string,
  signal: AbortSignal,
  { contextLength = DEFAULT_CONTEXT, keepAlive }: OllamaModelOptions = {},
): Promise<ConversationModel> {
  const facts = await showModel(server, name, signal);
  const rule = inputRule(facts);
  const numCtx = Math.min(contextLength, facts.contextLength ?? contextLength);
  return {
    chat: createOllamaChat(server, { name, numCtx, ...(keepAlive !== undefined && { keepAlive }) }),
    name,
    contextLength: numCtx,
    canSee: facts.canSee,
    imagesAtOnce: ONE_IMAGE.test(`${facts.family} ${name}`.toLowerCase()) ? 1 : IMAGES_AT_ONCE,
    inputSize: (source) => inputSize(rule, source),
    imageTokens: (sent) => imageTokens(rule, sent),
  };
}
