import type { Span } from './span.ts';

/** Replaces a span of a text, in UTF-16 offsets. An empty span inserts. */
export interface TextEdit extends Span {
  readonly insert: string;
}

/** @returns the edits sorted by position; insertions at the same position keep their order */
export function inOrder<E extends TextEdit>(edits: readonly E[]): E[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * Applies edits that refer to the same text. Insertions at the same position are applied in the given order.
 * @throws RangeError if edits overlap or extend beyond the text
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
