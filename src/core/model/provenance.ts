/**
 * How a description was created: by a vision model from the image, by a text-only model from the recognizers'
 * results, or by the recognizers alone.
 */
export const PROVENANCES = ['vision', 'text-only', 'recognizers'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** Whether a description with provenance `one` should replace one with `other`. */
export function isBetterProvenance(one: Provenance, other: Provenance): boolean {
  return PROVENANCES.indexOf(one) < PROVENANCES.indexOf(other);
}
