import type { Span } from '../markdown/span.ts';
import { tableCells } from '../markdown/table-row.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';

/** The text around a part of a note, in the same block. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/**
 * Maximum distance to read on each side, in UTF-16 units. Keeps the cost linear for a note with a single
 * paragraph.
 */
const REACH = 2000;

/**
 * Maximum distance to search backward for an open construct, in UTF-16 units. Larger than `REACH` because the
 * search is faster than parsing.
 */
export const LOOK_BEHIND = 5000;

const LINE_BREAK = /\r\n?|\n/;

/** Ends a block, including in a blockquote. */
const BLANK = /^[ \t>]*$/;

/** The text that may precede a table row: blockquote marks, and a list marker on the first row. */
const ROW_LEAD = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*/;

/**
 * Returns the Markdown around a part of a note, between blank lines, so that it parses the same on its own.
 * For a table, returns only the row of the part below a synthetic header.
 * @param part span in the note
 * @param inTable whether the part is in a table
 * @param earlier pending edits of the note before the part, in order
 * @returns null if the block is longer than the maximum distance
 */
export function surroundings(
  note: string,
  part: Span,
  inTable: boolean,
  earlier: readonly TextEdit[],
): Surroundings | null {
  const start = Math.max(0, part.from - REACH);
  const end = Math.min(note.length, part.to + REACH);
  const head = edited(note, { from: start, to: part.from }, earlier).split(LINE_BREAK);
  const tail = note.slice(part.to, end).split(LINE_BREAK);
  if (inTable) return inRow(head.at(-1) ?? '', tail[0] ?? '');

  const blankBefore = head.slice(0, -1).findLastIndex((line) => BLANK.test(line));
  const blankAfter = tail.findIndex((line, index) => index > 0 && BLANK.test(line));
  if ((blankBefore < 0 && start > 0) || (blankAfter < 0 && end < note.length)) return null;
  const before = head.slice(blankBefore + 1);
  const after = blankAfter < 0 ? tail : tail.slice(0, blankAfter);
  // A block in a list item is indented; on its own it would be a code block.
  const indent = blankBefore < 0 ? '' : (/^[ \t]*/.exec(before[0] ?? '')?.[0] ?? '');
  const dedent = (line: string) => (line.startsWith(indent) ? line.slice(indent.length) : line);
  // Only at the start of a note does `---` open the frontmatter.
  const lead = blankBefore < 0 ? '' : '\n';
  return {
    before: lead + before.map(dedent).join('\n'),
    after: [tail[0] ?? '', ...after.slice(1).map(dedent)].join('\n'),
  };
}

/** Whether a `](` could still become a link, depending on the text that follows. */
export function isLinkOpen(before: string): boolean {
  return before.lastIndexOf('](') > before.lastIndexOf(')');
}

function inRow(head: string, tail: string): Surroundings {
  const before = head.replace(ROW_LEAD, '');
  const row = `${before}x${tail}`;
  const { count } = tableCells(row, 0, row.length);
  return { before: `${'|h'.repeat(count)}|\n${'|-'.repeat(count)}|\n${before}`, after: tail };
}

/** Returns a part of the note with the edits inside it applied. */
function edited(note: string, { from, to }: Span, edits: readonly TextEdit[]): string {
  const inside: TextEdit[] = [];
  for (let index = edits.length - 1; index >= 0; index--) {
    const edit = edits[index];
    if (edit === undefined || edit.from < from) break;
    if (edit.to <= to) inside.push({ ...edit, from: edit.from - from, to: edit.to - from });
  }
  return applyEdits(note.slice(from, to), inside.reverse());
}
