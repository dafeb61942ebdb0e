import { NotesightError } from '../../errors.ts';
import type { DetectLanguage } from '../../ports.ts';
import { describeImage } from '../describe.ts';
import { DESCRIBE_VERSION } from '../describe-prompt.ts';
import type { VisionModel } from '../vision-model.ts';
import { inputRule, inputSize } from './input-size.ts';
import { createOllamaChat } from './ollama-chat.ts';
import type { OllamaServer } from './ollama-server.ts';
import { showModel } from './show-model.ts';

/** Tokens: the prompt, one image as large as any model is sent, and the longest answer fit. */
const CONTEXT = 8192;

/**
 * A model of an Ollama server that says what images show.
 * @throws NotesightError `model_missing`, `model_cannot_see` and every code of a server
 */
export async function createOllamaVisionModel(
  server: OllamaServer,
  name: string,
  detectLanguage: DetectLanguage,
  signal: AbortSignal,
): Promise<VisionModel> {
  const facts = await showModel(server, name, signal);
  if (!facts.canSee) {
    throw new NotesightError('model_cannot_see', `The model ${name} reads text only.`, {
      data: { host: server.host, model: name },
    });
  }
  const rule = inputRule(facts);
  const chat = createOllamaChat(server, { name, numCtx: Math.min(CONTEXT, facts.contextLength ?? CONTEXT) });
  return {
    engine: 'ollama',
    name,
    version: DESCRIBE_VERSION,
    inputSize: (source) => inputSize(rule, source),
    describe: (image, context, stop) => describeImage(chat, image, context, detectLanguage, stop),
  };
}
