import { isBlockId } from '../markdown/block-id.ts';
import type { Span } from '../markdown/span.ts';
import { inOrder, type TextEdit } from '../markdown/text-edit.ts';
import { lineEnd } from './caption-place.ts';

/** What was written at one place of a note, so that it can be taken back. */
export interface UndoRecord {
  /** The text that stood there, and what stands there instead. */
  readonly before: string;
  readonly after: string;
  /** Where `after` began in the note when it was written, as a UTF-16 offset. */
  readonly from: number;
}

/** How much of an embed around an edit goes into a record, in UTF-16 units: a `data:` URI can have megabytes. */
const REACH = 500;

/**
 * Makes the records for edits of one text. A record of an edit inside an embed covers the whole embed (at most
 * `REACH` to each side): two words of alt text could stand anywhere, the embed around them hardly does.
 * @param embeds of the text, by where they stand; at most one edit in each
 * @returns the records by where they stand
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
 * Takes back what the records tell, the newest first, each only where its text still stands: where it was written,
 * else at the nearest place that has it. What else was changed in the note stays.
 * @param records of one note, in the order they were written
 * @returns the text, how many records were taken back and how many were not, for their text is no longer there
 */
export function undoEdits(
  current: string,
  records: readonly UndoRecord[],
): { readonly text: string; readonly undone: number; readonly kept: number } {
  let undone = 0;
  // Records of a batch stand one before the other, so that the text behind the last one is done with, as a rule:
  // it waits in `tail`, the last part first, and the text isn't put together anew for each record.
  let head = current;
  let tail: string[] = [];
  // How far somebody's edits have moved what was found last: its neighbours have moved about as far.
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

/** @returns where the part stands, at `goal` or nearest to it, or undefined */
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
 * A part that begins with a line break is of whole lines: it stands only where its last line ends too, or has nothing
 * but the id of its block behind the part.
 */
function standsAt(text: string, part: string, at: number): boolean {
  if (part === '' || at < 0 || !text.startsWith(part, at)) return false;
  if (!/^[\r\n]/.test(part)) return true;
  const end = at + part.length;
  const rest = text.slice(end, lineEnd(text, end));
  return rest === '' || isBlockId(rest);
}
