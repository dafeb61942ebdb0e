import type { ServerModel } from '../../../core/model/server-model.ts';
import type { Survey } from '../../../editor/survey-servers.ts';
import type { Choice } from '../choice-prompt.ts';
import type { Words } from '../messages/en.ts';

/** The models to choose from by their names; '' is automatic. */
export function modelChoices({ models, best }: Pick<Survey, 'models' | 'best'>, words: Words): Choice[] {
  const { automatic } = words.settings.models;
  return [
    { id: '', label: best === null ? automatic : `${automatic}: ${best}` },
    ...models.map((model) => ({ id: model.name, label: labelOf(model, words) })),
  ];
}

/** A model with what it supports and its size, in one line. */
function labelOf(
  { name, sizeBytes, supportsImages, guessed, loaded, cloud }: ServerModel,
  words: Words,
): string {
  const { models } = words.settings;
  const size = sizeBytes === 0 ? [] : [models.size((sizeBytes / 1e9).toFixed(1))];
  const marks = [
    supportsImages ? `👁 ${models.supportsImages}` : guessed ? models.unknown : models.textOnly,
    ...(loaded ? [models.loaded] : []),
    ...(cloud ? [models.cloud] : size),
  ];
  return `${name} — ${marks.join(', ')}`;
}
