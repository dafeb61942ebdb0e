import { noteBlocks } from './block-scanner.ts';
import type { Span } from './span.ts';

/** A position to split a note, ranked by heading level, with paragraphs last. */
interface Break {
  readonly at: number;
  readonly rank: number;
}

const PARAGRAPH_RANK = 7;
const SENTENCE_END = /\n|[.!?…]["”»)]*\s|[。！？]/g;
/** UTF-16 units to try first. */
const FIRST_REACH = 1024;

/**
 * Splits a note into parts that fit: before headings, the highest level first, otherwise between paragraphs.
 * Splits a paragraph only if it is too long: between sentences, then words, then characters.
 * @param fits whether a text fits; must be monotonic, and true for a single character
 * @param whole sorted spans that must not be split; each fits on its own
 * @returns the parts, which joined are the note
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

/** @returns the end of the longest text that fits, at least one character */
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
  // Avoids splitting a surrogate pair.
  if (/[\uDC00-\uDFFF]/.test(note.charAt(low))) low--;
  return low > start ? low : start + String.fromCodePoint(note.codePointAt(start) ?? 0).length;
}

function cutBetween(note: string, start: number, end: number, breaks: readonly Break[]): number {
  const within = breaks.filter(({ at }) => at > start && at <= end);
  // Positions in the first half would create more parts than needed.
  const late = within.filter(({ at }) => at - start > (end - start) / 2);
  const rank = Math.min(...late.map((place) => place.rank));
  const best = late.findLast((place) => place.rank === rank) ?? within.at(-1);
  if (best) return best.at;
  const sentence = [...note.slice(start, end).matchAll(SENTENCE_END)].at(-1);
  if (sentence) return start + sentence.index + sentence[0].length;
  const space = note.lastIndexOf(' ', end - 1);
  return space >= start ? space + 1 : end;
}

/** @returns the cut, or the nearest position before it, or else after it, that is not inside a span of `whole` */
function outside(whole: readonly Span[], start: number, cut: number): number {
  const span = whole.find(({ from, to }) => from < cut && cut < to);
  if (!span) return cut;
  return span.from > start ? span.from : span.to;
}
