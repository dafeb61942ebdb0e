import { NotesightError } from '../errors.ts';
import { chooseModel, explainChoice, findModel } from '../model/families/choose-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { subjectAt } from '../servers/http/subject-at.ts';
import type { ModelSource } from '../servers/server-models.ts';

/** A vision model, and why it was chosen. */
export interface OpenedVision {
  readonly model: VisionModel;
  readonly source: ModelSource;
  /** A phrase that follows "because". */
  readonly why: string;
  /** Whether the server sends images to another machine. */
  readonly cloud: boolean;
}

/**
 * Opens a model of a server: the one named, or the best for captions.
 * @param named '' for the best
 * @throws NotesightError every code of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function openVision(
  source: ModelSource,
  named: string,
  signal: AbortSignal,
): Promise<OpenedVision> {
  const { name, why, cloud } = await pick(source, named, signal);
  const { atOnce } = source.server;
  const model = await source.vision(name, signal);
  return { model: atOnce === undefined ? model : { ...model, atOnce }, source, why, cloud };
}

async function pick({ api, server, list }: ModelSource, named: string, signal: AbortSignal) {
  const models = await list(signal);
  if (named === '') {
    const chosen = chooseModel(models);
    if (chosen !== null) return { name: chosen.model.name, why: explainChoice(chosen), cloud: false };
    // If neither the list nor the name of the only model shows whether it supports images, the server is asked.
    const [only, ...others] = models;
    if (only?.guessed === true && only.canChat && others.length === 0)
      return { name: only.name, why: 'the only model', cloud: false };
    throw new NotesightError('no_vision_model', 'no model can see', { data: subjectAt(api, server.host) });
  }
  const model = findModel(models, named);
  const data = subjectAt(api, server.host, named);
  if (model === undefined) throw new NotesightError('model_missing', `no model ${named}`, { data });
  if (!model.supportsImages && !model.guessed)
    throw new NotesightError('model_cannot_see', `${named} can't see`, { data });
  return { name: model.name, why: 'as requested', cloud: model.cloud };
}
