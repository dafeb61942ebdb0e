import type { ConversationModel } from '../../model/conversation-model.ts';
import { imagesAtOnce } from '../../model/families/images-at-once.ts';
import { imageTokens, inputRule, inputSize } from '../../model/families/input-size.ts';
import { pointing } from '../../model/families/pointing.ts';
import { DEFAULT_CONTEXT, type ModelServer } from '../model-server.ts';
import { createOllamaChat } from './ollama-chat.ts';
import type { OllamaModelOptions } from './ollama-vision-model.ts';
import { showModel } from './show-model.ts';

/**
 * Creates a conversation model on an Ollama server, with or without image support.
 * @throws NotesightError `model_missing` and every code of a server
 */
export async function createOllamaConversationModel(
  server: ModelServer,
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
    supportsImages: facts.supportsImages,
    canCallTools: facts.canCallTools,
    imagesAtOnce: imagesAtOnce(facts),
    inputSize: (source) => inputSize(rule, source),
    imageTokens: (sent) => imageTokens(rule, sent),
    pointing: pointing(facts),
  };
}
