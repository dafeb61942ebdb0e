import { frontmatterEnd } from '../markdown/frontmatter.ts';
import { propertySpan } from '../markdown/property-lines.ts';
import type { UndoRecord } from './undo-edit.ts';

/** The one property to which items are added; the others are written whole. */
export const LIST_PROPERTY = 'tags';

/**
 * Undoes what was written to the properties of a note, the newest first. Each record holds whole lines (an item of the
 * list, a property, or the two fences) and is undone only where they stand in the frontmatter as they were written: a
 * key stays while a person's items depend on it, the fences while a person's properties do.
 * @param records of one note, in the order they were written
 * @returns the text, how many items and properties were undone, and how many a person changed since
 */
export function undoProperties(
  current: string,
  records: readonly UndoRecord[],
): { readonly text: string; readonly undone: number; readonly kept: number } {
  let text = current;
  let undone = 0;
  let kept = 0;
  for (const { before, after } of records.toReversed()) {
    const at = placeOf(text, after);
    if (at !== null) text = text.slice(0, at) + before + text.slice(at + after.length);
    if (isFrame(after)) continue;
    if (at === null) kept++;
    else undone++;
  }
  return { text, undone, kept };
}

/** The fences, or a key without a value: they only hold the other records. */
function isFrame(lines: string): boolean {
  return lines.startsWith('---') || /^[\r\n]+\S+:$/.test(lines);
}

/** @returns where the lines stand as they were written, or null */
function placeOf(text: string, lines: string): number | null {
  if (lines.startsWith('---')) {
    const at = text.startsWith('\uFEFF') ? 1 : 0;
    const isEmpty = frontmatterEnd(text) === at + lines.trimEnd().length;
    return isEmpty && text.startsWith(lines, at) ? at : null;
  }
  const [, indent = '', key] = /^[\r\n]+([ \t]*)(?:- |([^\s:]+):)/.exec(lines) ?? [];
  const span = propertySpan(text, key ?? LIST_PROPERTY);
  if (span === null) return null;
  if (key !== undefined) return text.slice(span.from, span.to) === lines ? span.from : null;
  for (let at = text.indexOf(lines, span.from); at !== -1; at = text.indexOf(lines, at + 1)) {
    const end = at + lines.length;
    if (end > span.to) return null;
    const next = /^[\r\n]+([ \t]*)/.exec(text.slice(end));
    // A longer line, or an item that goes on in the next one, is no longer what was written.
    if (next !== null && (next[1] ?? '').length <= indent.length) return at;
  }
  return null;
}
