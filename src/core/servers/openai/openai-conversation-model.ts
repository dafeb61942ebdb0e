import type { ConversationModel } from '../../model/conversation-model.ts';
import { imagesAtOnce } from '../../model/families/images-at-once.ts';
import { imageTokens, inputRule, inputSize } from '../../model/families/input-size.ts';
import { pointing } from '../../model/families/pointing.ts';
import type { VisionCapability } from '../../storage/vision-capability.ts';
import { DEFAULT_CONTEXT, type ModelServer } from '../model-server.ts';
import { createOpenAiChat } from './openai-chat.ts';
import { showOpenAiModel } from './show-openai-model.ts';

export interface OpenAiConversationOptions {
  readonly visionCapability: VisionCapability;
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
  { visionCapability, contextLength }: OpenAiConversationOptions,
  signal: AbortSignal,
): Promise<ConversationModel> {
  const facts = await showOpenAiModel(server, name, visionCapability, signal);
  const kind = { ...facts, fields: {}, projector: {} };
  const rule = inputRule(kind);
  const served = facts.contextLength ?? DEFAULT_CONTEXT;
  return {
    chat: createOpenAiChat(server, facts),
    name,
    contextLength: Math.min(contextLength ?? served, served),
    supportsImages: facts.supportsImages,
    // Servers don't report tool support; the first request determines it.
    canCallTools: true,
    imagesAtOnce: imagesAtOnce(facts),
    inputSize: (source) => inputSize(rule, source),
    imageTokens: (sent) => imageTokens(rule, sent),
    pointing: pointing(kind),
  };
}
