import { frontmatterEnd } from '../markdown/frontmatter.ts';
import { propertySpan } from '../markdown/property-lines.ts';
import type { UndoRecord } from './undo-edit.ts';

/** The only property that gets additional list items; other properties are written as a whole. */
export const LIST_PROPERTY = 'tags';

/**
 * Undoes changes to the properties of a note, newest first. Each record covers whole lines (a list item, a
 * property, or both fences) and is undone only if the frontmatter still contains them unchanged. A key is
 * kept while it has other items, the fences while there are other properties.
 * @param records records of one note, in the order they were written
 * @returns the text, the number of undone items and properties, and the number that were edited since
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

/** Whether the lines are the fences or a key without a value, which only contain other records. */
function isFrame(lines: string): boolean {
  return lines.startsWith('---') || /^[\r\n]+\S+:$/.test(lines);
}

/** @returns the offset of the unchanged lines, or null */
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
    // A longer line, or an item that continues on the next line, was edited.
    if (next !== null && (next[1] ?? '').length <= indent.length) return at;
  }
  return null;
}
