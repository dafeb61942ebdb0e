import type { ConversationModel } from '../../model/conversation-model.ts';
import { imagesAtOnce } from '../../model/families/images-at-once.ts';
import { imageTokens, inputRule, inputSize } from '../../model/families/input-size.ts';
import { pointing } from '../../model/families/pointing.ts';
import type { VisionCapability } from '../../storage/vision-capability.ts';
import { DEFAULT_CONTEXT, type ModelServer } from '../model-server.ts';
import { createOpenAiChat } from './openai-chat.ts';
import { showOpenAiModel } from './show-openai-model.ts';

/**
 * A model that answers questions, also one that can't see, of a server that is compatible with OpenAI.
 * @param contextLength tokens that the user allows; what the server was started with is the limit
 * @throws NotesightError `model_missing` and every code of a server
 */
export async function createOpenAiConversationModel(
  server: ModelServer,
  name: string,
  visionCapability: VisionCapability,
  signal: AbortSignal,
  contextLength?: number,
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
    // No server tells: it is found out by trying.
    canCallTools: true,
    imagesAtOnce: imagesAtOnce(facts),
    inputSize: (source) => inputSize(rule, source),
    imageTokens: (sent) => imageTokens(rule, sent),
    pointing: pointing(kind),
  };
}
