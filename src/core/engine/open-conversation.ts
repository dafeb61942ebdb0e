import { NotesightError } from '../errors.ts';
import { chooseChatModel, findModel } from '../model/families/choose-model.ts';
import type { ServerModel } from '../model/server-model.ts';
import { subjectAt } from '../servers/http/subject-at.ts';
import type { ModelSource } from '../servers/server-models.ts';

/**
 * Chooses the model of a server for conversations: the one named, or the best for questions.
 * @param models the models on the server
 * @param named '' for the best
 * @throws NotesightError `model_missing`, `no_vision_model`
 */
export function chooseServerChatModel(
  { api, server: { host } }: Pick<ModelSource, 'api' | 'server'>,
  models: readonly ServerModel[],
  named: string,
): ServerModel {
  const model = named === '' ? chooseChatModel(models) : findModel(models, named);
  if (model === undefined)
    throw new NotesightError('model_missing', `no model ${named}`, { data: subjectAt(api, host, named) });
  if (model === null)
    throw new NotesightError('no_vision_model', 'no model to talk to', { data: subjectAt(api, host) });
  return model;
}
