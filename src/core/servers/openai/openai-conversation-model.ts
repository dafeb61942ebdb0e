import type { ConversationModel } from '../../model/conversation-model.ts';
import { imagesAtOnce } from '../../model/families/images-at-once.ts';
import { imageTokens, inputRule, inputSize } from '../../model/families/input-size.ts';
import { pointing } from '../../model/families/pointing.ts';
import { DEFAULT_CONTEXT, type ModelServer } from '../model-server.ts';
import { createOpenAiChat } from './openai-chat.ts';
import { type OpenAiFacts, showOpenAiModel } from './show-openai-model.ts';

export interface OpenAiConversationOptions extends OpenAiFacts {
  /** The maximum number of tokens set by the user; also limited by the server's context. */
  readonly contextLength?: number | undefined;
}

/**
 * Creates a conversation model on an OpenAI-compatible server, with or without image support.
 * @throws NotesightError `model_missing` and every code of a server
 */
export async function createOpenAiConversationModel(
  server: ModelServer,
  name: string,
  { contextLength, ...facts }: OpenAiConversationOptions,
  signal: AbortSignal,
): Promise<ConversationModel> {
  const model = await showOpenAiModel(server, name, facts, signal);
  const kind = { ...model, fields: {}, projector: {} };
  const rule = inputRule(kind);
  const served = model.contextLength ?? DEFAULT_CONTEXT;
  return {
    chat: createOpenAiChat(server, model),
    name,
    contextLength: Math.min(contextLength ?? served, served),
    supportsImages: model.supportsImages,
    // Servers don't report tool support; the first request determines it.
    canCallTools: true,
    imagesAtOnce: imagesAtOnce(model),
    inputSize: (source) => inputSize(rule, source),
    imageTokens: (sent) => imageTokens(rule, sent),
    pointing: pointing(kind),
  };
}
