import { visionOf } from '../../describe/chat-vision-model.ts';
import { promptVersion } from '../../describe/prompt-version.ts';
import { NotesightError } from '../../errors.ts';
import { inputRule } from '../../model/families/input-size.ts';
import type { VisionModel } from '../../model/vision-model.ts';
import type { DetectLanguage } from '../../ports.ts';
import { DEFAULT_CONTEXT, type ModelServer } from '../model-server.ts';
import { createOllamaChat } from './ollama-chat.ts';
import { showModel } from './show-model.ts';

/** User settings of a model. Omitted settings use the best default. */
export interface OllamaModelOptions {
  /** Tokens, limited to the context length the model was trained for. */
  readonly contextLength?: number;
  /** How long the model stays in the server's memory: seconds or a duration such as `5m`. */
  readonly keepAlive?: number | string;
  /** Additional instructions of the user. */
  readonly promptAddition?: string;
}

export interface OllamaVisionOptions extends OllamaModelOptions {
  readonly detectLanguage: DetectLanguage;
}

/**
 * Creates a vision model on an Ollama server.
 * @throws NotesightError `model_missing`, `model_cannot_see` and every code of a server
 */
export async function createOllamaVisionModel(
  server: ModelServer,
  name: string,
  { detectLanguage, contextLength = DEFAULT_CONTEXT, keepAlive, promptAddition = '' }: OllamaVisionOptions,
  signal: AbortSignal,
): Promise<VisionModel> {
  const facts = await showModel(server, name, signal);
  if (!facts.supportsImages) {
    throw new NotesightError('model_cannot_see', `The model ${name} reads text only.`, {
      data: { host: server.host, model: name },
    });
  }
  const rule = inputRule(facts);
  const addition = promptAddition.trim();
  const chat = createOllamaChat(server, {
    name,
    numCtx: Math.min(contextLength, facts.contextLength ?? contextLength),
    ...(keepAlive !== undefined && { keepAlive }),
  });
  return {
    engine: 'ollama',
    name,
    provenance: 'vision',
    version: await promptVersion(addition),
    ...visionOf(chat, rule, addition, detectLanguage),
  };
}
