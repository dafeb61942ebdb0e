/**
 * How a description came about: a vision model saw the image; a text-only model wrote from what the recognizers found; the
 * recognizers alone wrote it.
 */
export const PROVENANCES = ['vision', 'text-only', 'recognizers'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** Whether a description of one provenance should replace one of the other. */
export function isBetterProvenance(one: Provenance, other: Provenance): boolean {
  return PROVENANCES.indexOf(one) < PROVENANCES.indexOf(other);
}
