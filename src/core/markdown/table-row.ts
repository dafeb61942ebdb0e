import type { Span } from './span.ts';

const DELIMITER_CELL = /^[ \t]*:?-+:?[ \t]*$/;

/**
 * Returns the trimmed cells of a table row. Empty cells are counted but not included in `cells`.
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function tableCells(text: string, from: number, to: number): { cells: Span[]; count: number } {
  const cells: Span[] = [];
  let count = 0;
  const add = (cellFrom: number, cellTo: number, isEdge: boolean): void => {
    let start = cellFrom;
    let end = cellTo;
    while (start < end && isSpace(text, start)) start++;
    while (end > start && isSpace(text, end - 1)) end--;
    if (start === end && isEdge) return;
    count++;
    if (start < end) cells.push({ from: start, to: end });
  };

  let cellFrom = from;
  let isEdge = true;
  for (let pos = from; pos < to; pos++) {
    if (text[pos] === '\\') pos++;
    else if (text[pos] === '|') {
      add(cellFrom, pos, isEdge);
      cellFrom = pos + 1;
      isEdge = false;
    }
  }
  add(cellFrom, to, true);
  return { cells, count };
}

/** @returns the number of columns of the delimiter row `| --- | :-: |`, or null if the line is not one */
export function delimiterColumns(text: string, from: number, to: number): number | null {
  const row = text.slice(from, to);
  if (!/^[ \t\r|:-]*$/.test(row)) return null;
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '');
  const cells = inner.split('|');
  return cells.every((cell) => DELIMITER_CELL.test(cell)) ? cells.length : null;
}

function isSpace(text: string, at: number): boolean {
  return /[ \t\r]/.test(text.charAt(at));
}
