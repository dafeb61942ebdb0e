import { createTextOnlyVisionModel } from '../describe/text-only-vision-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage, Recognizers } from '../ports.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { chooseServerChatModel } from './open-conversation.ts';

/** The user's options. */
export interface TextOnlyOptions {
  /** '' for the best model for questions. */
  readonly model: string;
  /** The user's addition to the prompt; '' for nothing. */
  readonly promptAddition: string;
}

/** A text-only model and its server. */
export interface OpenedTextOnly {
  readonly model: VisionModel;
  readonly host: string;
  /** Whether the server sends prompts to another machine. */
  readonly cloud: boolean;
}

export interface TextOnlyPorts {
  readonly recognizers: Recognizers;
  readonly detectLanguage: DetectLanguage;
}

/**
 * Opens a text-only model that describes images from what the recognizers found: the one that the user chose, or the
 * best for questions, on the first server that has it.
 * @throws NotesightError `model_missing`, `no_vision_model` and every code of a server
 */
export async function openTextOnlyVision(
  sources: ModelSources,
  { model: named, promptAddition }: TextOnlyOptions,
  { recognizers, detectLanguage }: TextOnlyPorts,
  signal: AbortSignal,
): Promise<OpenedTextOnly> {
  return sources.first(async (source) => {
    const { name, cloud } = chooseServerChatModel(source, await source.list(signal), named);
    const { chat } = await source.conversation(name, signal);
    const reading = { engine: source.api, name, chat };
    const model = await createTextOnlyVisionModel(reading, recognizers, promptAddition, detectLanguage);
    return { model, host: source.server.host, cloud };
  }, signal);
}
