import { findSections } from '../note/managed-section.ts';

/** Where a summary can go; `replace` is where the existing one is. */
export type SummaryPlace = 'replace' | 'top' | 'bottom' | 'cursor' | 'newNote';

/** The places that can take the summary of a note. */
export interface SummaryPlaces {
  /** In the order in which to offer them. */
  readonly places: readonly SummaryPlace[];
  /** The default. It never replaces what a person wrote. */
  readonly preferred: SummaryPlace;
  /** Whether a person changed the existing summary, which all places but `newNote` replace. */
  readonly isEdited: boolean;
}

/** @param hasCursor whether the note has an editor */
export function summaryPlaces(markdown: string, hasCursor: boolean): SummaryPlaces {
  const [old] = findSections(markdown);
  const isEdited = old?.isEdited === true;
  const places: SummaryPlace[] = [
    ...(old === undefined ? [] : ['replace' as const]),
    'top',
    'bottom',
    ...(hasCursor ? ['cursor' as const] : []),
    'newNote',
  ];
  return { places, isEdited, preferred: isEdited ? 'newNote' : old === undefined ? 'top' : 'replace' };
}
