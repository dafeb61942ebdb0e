import { noteBlocks } from './block-scanner.ts';
import type { Span } from './span.ts';

/** A place where a note may be cut: before a heading by its level, else before a paragraph. */
interface Break {
  readonly at: number;
  readonly rank: number;
}

const PARAGRAPH_RANK = 7;
const SENTENCE_END = /\n|[.!?…]["”»)]*\s|[。！？]/g;
/** UTF-16 units that are tried first. */
const FIRST_REACH = 1024;

/**
 * Splits a note into parts that each fit: before headings, the higher the better, else between paragraphs, and only
 * where one paragraph is too long between its sentences, its words, its characters.
 * @param fits whether a text does; what fits still does with less at its end, and one character always does
 * @param whole what is never cut, in order: each fits by itself
 * @returns the parts, which put together are the note
 */
export function splitNote(
  note: string,
  fits: (part: string) => boolean,
  whole: readonly Span[] = [],
): string[] {
  const breaks = breaksOf(note);
  const parts: string[] = [];
  let start = 0;
  while (start < note.length) {
    const end = reach(note, start, fits);
    const cut = end === note.length ? end : outside(whole, start, cutBetween(note, start, end, breaks));
    parts.push(note.slice(start, cut));
    start = cut;
  }
  return parts;
}

function breaksOf(note: string): Break[] {
  const { blocks } = noteBlocks(note.replace(/\r(?!\n)/g, '\n'), 'all');
  return blocks
    .filter(({ kind }) => kind !== 'cell')
    .map(({ lead, level }) => ({ at: lead.from, rank: level === 0 ? PARAGRAPH_RANK : level }));
}

/** @returns how far what fits goes, and at least one character */
function reach(note: string, start: number, fits: (part: string) => boolean): number {
  let length = FIRST_REACH;
  while (start + length < note.length && fits(note.slice(start, start + length))) length *= 2;
  let high = Math.min(note.length, start + length);
  if (fits(note.slice(start, high))) return high;
  let low = start;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(note.slice(start, middle))) low = middle;
    else high = middle;
  }
  // Not between the halves of a surrogate pair.
  if (/[\uDC00-\uDFFF]/.test(note.charAt(low))) low--;
  return low > start ? low : start + String.fromCodePoint(note.codePointAt(start) ?? 0).length;
}

function cutBetween(note: string, start: number, end: number, breaks: readonly Break[]): number {
  const within = breaks.filter(({ at }) => at > start && at <= end);
  // In the first half a good place would make more parts than there need be.
  const late = within.filter(({ at }) => at - start > (end - start) / 2);
  const rank = Math.min(...late.map((place) => place.rank));
  const best = late.findLast((place) => place.rank === rank) ?? within.at(-1);
  if (best) return best.at;
  const sentence = [...note.slice(start, end).matchAll(SENTENCE_END)].at(-1);
  if (sentence) return start + sentence.index + sentence[0].length;
  const space = note.lastIndexOf(' ', end - 1);
  return space >= start ? space + 1 : end;
}

/** @returns the cut, or the nearest place before it, else behind it, that is in nothing whole */
function outside(whole: readonly Span[], start: number, cut: number): number {
  const span = whole.find(({ from, to }) => from < cut && cut < to);
  if (!span) return cut;
  return span.from > start ? span.from : span.to;
}
