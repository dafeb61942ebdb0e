import { diffArrays } from 'diff';

/** A run of words of a changed text: kept, only in the old text, or only in the new one. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Compares two short texts word by word. Spaces belong to the word before them. */
export function diffWords(before: string, after: string): DiffPart[] {
  const parts = diffArrays(wordsOf(before), wordsOf(after), {
    comparator: (one, other) => one.trimEnd() === other.trimEnd(),
  });
  return parts.map(({ value, removed, added }) => ({
    kind: removed ? 'removed' : added ? 'added' : 'same',
    text: value.join(''),
  }));
}

const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
