import type { ServerModel } from '../../../core/model/server-model.ts';
import type { Words } from '../messages/en.ts';

/** A model with what it supports and its size, in one line. */
export function modelLabel(
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
