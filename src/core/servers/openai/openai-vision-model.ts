import { visionOf } from '../../describe/chat-vision-model.ts';
import { promptVersion } from '../../describe/prompt-version.ts';
import { NotesightError } from '../../errors.ts';
import { inputRule } from '../../model/families/input-size.ts';
import type { VisionModel } from '../../model/vision-model.ts';
import type { DetectLanguage } from '../../ports.ts';
import type { ModelServer } from '../model-server.ts';
import { subjectOf } from './openai-call.ts';
import { createOpenAiChat } from './openai-chat.ts';
import { type OpenAiFacts, showOpenAiModel } from './show-openai-model.ts';

export interface OpenAiVisionOptions extends OpenAiFacts {
  readonly detectLanguage: DetectLanguage;
  /** Additional instructions of the user; '' for none. */
  readonly promptAddition?: string | undefined;
}

/**
 * Creates a vision model on an OpenAI-compatible server.
 * @throws NotesightError `model_missing`, `model_cannot_see` and every code of a server
 */
export async function createOpenAiVisionModel(
  server: ModelServer,
  name: string,
  { detectLanguage, promptAddition = '', ...facts }: OpenAiVisionOptions,
  signal: AbortSignal,
): Promise<VisionModel> {
  const model = await showOpenAiModel(server, name, facts, signal);
  if (!model.supportsImages) {
    throw new NotesightError('model_cannot_see', `The model ${name} reads text only.`, {
      data: { ...subjectOf(server, name) },
    });
  }
  const rule = inputRule({ ...model, fields: {}, projector: {} });
  const addition = promptAddition.trim();
  const chat = createOpenAiChat(server, model);
  return {
    engine: 'openai',
    name,
    provenance: 'vision',
    version: await promptVersion(addition),
    ...visionOf(chat, rule, addition, detectLanguage),
  };
}
