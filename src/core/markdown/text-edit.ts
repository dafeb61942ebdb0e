import type { Span } from './span.ts';

/** Replaces a span of a text, in UTF-16 offsets; an empty span inserts. */
export interface TextEdit extends Span {
  readonly insert: string;
}

/** @returns the edits by where they stand; insertions at one place keep the order they are given in */
export function inOrder<E extends TextEdit>(edits: readonly E[]): E[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * Applies edits that all speak of the same text. Insertions at one place are made in the order given.
 * @throws RangeError where two edits overlap or one reaches beyond the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, insert } of inOrder(edits)) {
    if (from < done || to < from || to > text.length) {
      throw new RangeError(`The edit ${from}–${to} overlaps another one or leaves the text.`);
    }
    parts.push(text.slice(done, from), insert);
    done = to;
  }
  return parts.join('') + text.slice(done);
}
