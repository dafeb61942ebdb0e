import { createTextOnlyVisionModel } from '../describe/text-only-vision-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage, Recognizers } from '../ports.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { chooseServerChatModel } from './open-conversation.ts';

/** What a user sets of it. */
export interface TextOnlyOptions {
  /** '' for the best for questions. */
  readonly model: string;
  /** What the model is told besides; '' for nothing. */
  readonly promptAddition: string;
}

/** A model that can't see, and where it is. */
export interface OpenedTextOnly {
  readonly model: VisionModel;
  readonly host: string;
  /** Whether the server hands what it is told on to another machine. */
  readonly cloud: boolean;
}

export interface TextOnlyPorts {
  readonly recognizers: Recognizers;
  readonly detectLanguage: DetectLanguage;
}

/**
 * The model of the user's choice, or the best for questions, of the first server that has it, to tell what images show by
 * what experts find.
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
