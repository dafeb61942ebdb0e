import { isBlockId } from '../markdown/block-id.ts';
import type { Span } from '../markdown/span.ts';
import { inOrder, type TextEdit } from '../markdown/text-edit.ts';
import { lineEnd } from './caption-place.ts';

/** One change to a note, with the data to undo it. */
export interface UndoRecord {
  /** The text before and after the change. */
  readonly before: string;
  readonly after: string;
  /** UTF-16 offset of `after` in the note when it was written. */
  readonly from: number;
}

/**
 * Maximum part of an embed on each side of an edit that a record stores, in UTF-16 units. A `data:` URI can
 * take megabytes.
 */
const REACH = 500;

/**
 * Creates the undo records for edits of a text. A record of an edit inside an embed covers the whole embed
 * (up to `REACH` on each side), because short alt text may occur many times in a note, its embed rarely.
 * @param embeds embeds of the text, sorted by position, with at most one edit each
 * @returns the records, sorted by position
 */
export function recordEdits(text: string, edits: readonly TextEdit[], embeds: readonly Span[]): UndoRecord[] {
  let shift = 0;
  let next = 0;
  return inOrder(edits).map((edit) => {
    while (next < embeds.length && (embeds[next]?.to ?? 0) <= edit.from) next++;
    const embed = embeds[next];
    const around = embed && embed.from < edit.from ? embed : edit;
    const from = Math.max(around.from, edit.from - REACH);
    const to = Math.min(around.to, edit.to + REACH);
    const record = {
      before: text.slice(from, to),
      after: text.slice(from, edit.from) + edit.insert + text.slice(edit.to, to),
      from: from + shift,
    };
    shift += record.after.length - record.before.length;
    return record;
  });
}

/**
 * Undoes records, newest first. A record is undone at its original offset, or else at the nearest position
 * that has its text. Other changes to the note are kept.
 * @param records records of one note, in the order they were written
 * @returns the text, the number of undone records, and the number of records whose text no longer exists
 */
export function undoEdits(
  current: string,
  records: readonly UndoRecord[],
): { readonly text: string; readonly undone: number; readonly kept: number } {
  let undone = 0;
  // Records of a batch are usually in document order, so the text after the previous match is final. It is
  // collected in `tail`, last part first, to avoid rebuilding the whole text for each record.
  let head = current;
  let tail: string[] = [];
  // How far later edits moved the previous match. Its neighbors have usually moved as far.
  let drift = 0;
  for (const { before, after, from } of records.toReversed()) {
    let at: number | undefined = from + drift;
    if (at + after.length >= head.length || !standsAt(head, after, at)) {
      head += tail.reverse().join('');
      tail = [];
      at = find(head, after, at);
    }
    if (at === undefined) continue;
    tail.push(head.slice(at + after.length), before);
    head = head.slice(0, at);
    drift = at - from;
    undone++;
  }
  return { text: head + tail.reverse().join(''), undone, kept: records.length - undone };
}

/** @returns the offset of the part at or nearest to `goal`, or undefined */
function find(text: string, part: string, goal: number): number | undefined {
  if (part === '') return undefined;
  if (standsAt(text, part, goal)) return goal;
  let best: number | undefined;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    if (best !== undefined && Math.abs(at - goal) >= Math.abs(best - goal)) break;
    if (standsAt(text, part, at)) best = at;
  }
  return best;
}

/**
 * Whether the part is at the offset. A part that starts with a line break covers whole lines, so it must end
 * at a line end, optionally followed by a block id.
 */
function standsAt(text: string, part: string, at: number): boolean {
  if (part === '' || at < 0 || !text.startsWith(part, at)) return false;
  if (!/^[\r\n]/.test(part)) return true;
  const end = at + part.length;
  const rest = text.slice(end, lineEnd(text, end));
  return rest === '' || isBlockId(rest);
}
