import { NotesightError } from '../errors.ts';
import type { DetectLanguage, Experts } from '../ports.ts';
import type { ModelSources } from './model-sources.ts';
import { chooseChatModel } from './server/choose-model.ts';
import { createUnseeingModel } from './unseeing-model.ts';
import type { VisionModel } from './vision-model.ts';

/** A model that can't see, and where it is. */
export interface OpenedUnseeing {
  readonly model: VisionModel;
  readonly host: string;
}

/**
 * The model of this name, or the best for questions, of the first server that has it, to tell what images show by what
 * experts find.
 * @param named '' for the best
 * @throws NotesightError `model_missing`, `no_vision_model` and every code of a server
 */
export async function openUnseeingModel(
  sources: ModelSources,
  named: string,
  addition: string,
  experts: Experts,
  detectLanguage: DetectLanguage,
  signal: AbortSignal,
): Promise<OpenedUnseeing> {
  return sources.first(async ({ api, server: { host }, list, conversation }) => {
    const models = await list(signal);
    const name =
      named === ''
        ? chooseChatModel(models)?.name
        : models.find((one) => one.name === named || one.name === `${named}:latest`)?.name;
    if (name === undefined) {
      const code = named === '' ? 'no_vision_model' : 'model_missing';
      throw new NotesightError(code, 'no model to talk to', { data: { host, model: named } });
    }
    const { chat } = await conversation(name, signal);
    const model = await createUnseeingModel({ engine: api, name, chat }, experts, addition, detectLanguage);
    return { model, host };
  }, signal);
}
