import { NotesightError } from '../errors.ts';
import type { PointingModel } from '../model/conversation-model.ts';
import { chooseModel, findModel } from '../model/families/choose-model.ts';
import { pointing } from '../model/families/pointing.ts';
import type { ServerModel } from '../model/server-model.ts';
import { subjectAt } from '../servers/http/subject-at.ts';
import type { ModelSource } from '../servers/server-models.ts';

/**
 * Opens the model for object detection with boxes: the one named if it was trained for that, otherwise the best such
 * model of the server. A cloud model is used only by name.
 * @param name '' for the best
 * @throws NotesightError `model_cannot_point`, `model_missing`, `no_vision_model` and every code of a server
 */
export async function openPointingModel(
  source: Pick<ModelSource, 'api' | 'server' | 'list' | 'conversation'>,
  name: string,
  signal: AbortSignal,
): Promise<PointingModel> {
  const { api, server } = source;
  const about = (model?: string) => ({ data: subjectAt(api, server.host, model) });
  const models = await source.list(signal);
  const named = findModel(models, name);
  if (name !== '' && named === undefined)
    throw new NotesightError('model_missing', `no model ${name}`, about(name));
  // The list of models has less detail than a request about one model, so the named one is tried first.
  const first = named?.supportsImages === true ? await open(source, named, signal) : null;
  if (first !== null) return first;
  const best = chooseModel(models.filter((model) => model !== named && mayPoint(model)))?.model;
  const second = best === undefined ? null : await open(source, best, signal);
  if (second !== null) return second;
  const visionCapability = named ?? chooseModel(models)?.model;
  if (visionCapability === undefined)
    throw new NotesightError('no_vision_model', 'no model can see', about());
  throw new NotesightError(
    'model_cannot_point',
    `${visionCapability.name} can't tell where things are`,
    about(visionCapability.name),
  );
}

async function open(
  source: Pick<ModelSource, 'conversation'>,
  { name }: ServerModel,
  signal: AbortSignal,
): Promise<PointingModel | null> {
  const model = await source.conversation(name, signal);
  return model.supportsImages && model.pointing !== null ? { ...model, pointing: model.pointing } : null;
}

function mayPoint({ name, family }: ServerModel): boolean {
  return pointing({ name, family, fields: {}, projector: {} }) !== null;
}
