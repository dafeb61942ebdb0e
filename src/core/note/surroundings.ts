import type { Span } from '../markdown/span.ts';
import { tableCells } from '../markdown/table-row.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';

/** What stands around a part of a note, in the same block. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** How far a note is read to each side of a part, in UTF-16 units, so that a note of one paragraph stays linear. */
const REACH = 2000;

/** How far back it is searched for what was begun, which is quicker. */
export const LOOK_BEHIND = 5000;

const LINE_BREAK = /\r\n?|\n/;

/** Ends a block, also in a quote. */
const BLANK = /^[ \t>]*$/;

/** What may stand before a table's row: the marks of quotes, and of a list item on the first row. */
const ROW_LEAD = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*/;

/**
 * The Markdown around a part of a note from blank line to blank line, such that it reads the same by itself; of a
 * table the part's own row, under a head of its own.
 * @param part of the note
 * @param inTable whether it stands in a table
 * @param earlier edits of the note before the part, in order, that are to be made too
 * @returns null where the block is longer than is looked at
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
  // Under an item of a list the block is indented, which alone would be code.
  const indent = blankBefore < 0 ? '' : (/^[ \t]*/.exec(before[0] ?? '')?.[0] ?? '');
  const dedent = (line: string) => (line.startsWith(indent) ? line.slice(indent.length) : line);
  // Only at the very start, `---` begins the frontmatter.
  const lead = blankBefore < 0 ? '' : '\n';
  return {
    before: lead + before.map(dedent).join('\n'),
    after: [tail[0] ?? '', ...after.slice(1).map(dedent)].join('\n'),
  };
}

/** Whether what was begun by `](` could still become a link, if the right text followed. */
export function isLinkOpen(before: string): boolean {
  return before.lastIndexOf('](') > before.lastIndexOf(')');
}

function inRow(head: string, tail: string): Surroundings {
  const before = head.replace(ROW_LEAD, '');
  const row = `${before}x${tail}`;
  const { count } = tableCells(row, 0, row.length);
  return { before: `${'|h'.repeat(count)}|\n${'|-'.repeat(count)}|\n${before}`, after: tail };
}

/** A part of the note with the edits in it made. */
function edited(note: string, { from, to }: Span, edits: readonly TextEdit[]): string {
  const inside: TextEdit[] = [];
  for (let index = edits.length - 1; index >= 0; index--) {
    const edit = edits[index];
    if (edit === undefined || edit.from < from) break;
    if (edit.to <= to) inside.push({ ...edit, from: edit.from - from, to: edit.to - from });
  }
  return applyEdits(note.slice(from, to), inside.reverse());
}
