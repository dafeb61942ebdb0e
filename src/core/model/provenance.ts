import type { VisionModel } from './vision-model.ts';

/** How an answer about an image came about: a model saw it; a model was told what experts recognised; experts alone did. */
export type Sight = 'seen' | 'told' | 'recognised';

const BEST_FIRST: readonly Sight[] = ['seen', 'told', 'recognised'];

/** Ends the version of the answers of a model that was told. */
export const TOLD = '~told';

/** By what an answer is kept under. */
export function sightOf({ engine, version }: Pick<VisionModel, 'engine' | 'version'>): Sight {
  if (engine === 'embedded') return 'recognised';
  return String(version).endsWith(TOLD) ? 'told' : 'seen';
}

/** Whether the words of one should stand in place of the other's. */
export function isBetterSight(one: Sight, other: Sight): boolean {
  return BEST_FIRST.indexOf(one) < BEST_FIRST.indexOf(other);
}
