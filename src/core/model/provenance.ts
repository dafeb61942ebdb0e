import type { VisionModel } from './vision-model.ts';

/** How an answer about an image came about: a model saw it; a model was told what experts recognised; experts alone did. */
export type Provenance = 'seen' | 'told' | 'recognised';

const BEST_FIRST: readonly Provenance[] = ['seen', 'told', 'recognised'];

/** Ends the version of the answers of a model that was told. */
export const TEXT_ONLY = '~told';

/** By what an answer is kept under. */
export function provenanceOf({ engine, version }: Pick<VisionModel, 'engine' | 'version'>): Provenance {
  if (engine === 'embedded') return 'recognised';
  return String(version).endsWith(TEXT_ONLY) ? 'told' : 'seen';
}

/** Whether the words of one should stand in place of the other's. */
export function isBetterProvenance(one: Provenance, other: Provenance): boolean {
  return BEST_FIRST.indexOf(one) < BEST_FIRST.indexOf(other);
}
