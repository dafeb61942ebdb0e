import { blockIdAt, NAMING_LINE } from '../markdown/block-id.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import type { Span } from '../markdown/span.ts';
import type { ImageEmbed } from './image-embed.ts';
import type { ReadBlock } from './read-blocks.ts';

/** A position for the captions of one or more images. */
export interface CaptionPlace {
  /** In document order, which is also the order of the captions. */
  readonly embeds: readonly ImageEmbed[];
  /** The end of the line above the captions, before its line break. */
  readonly lineEnd: number;
  /**
   * The offset for a caption line: `lineEnd`, or before a block id on that line, because a block id must stay
   * last in its block.
   */
  readonly captionEnd: number;
  /** The prefix of each caption line. It keeps the lines in the blockquotes and list items of the images. */
  readonly prefix: string;
  /** Whether the images are in a list item. A blank line would make a tight list loose. */
  readonly inList: boolean;
  /** Whether the block ends at the caption line, so that the next line would become part of the caption. */
  readonly endsBlock: boolean;
}

/**
 * Longest supported prefix in UTF-16 units. It is repeated on every caption line; real notes never nest this
 * deep.
 */
const MAX_PREFIX = 500;

/**
 * The indentation of lines in a footnote. https://github.github.com/gfm/ does not cover footnotes; GitHub and
 * Obsidian agree on it.
 */
const FOOTNOTE_INDENT = '    ';
const FOOTNOTE_MARK = /\[\^(?:\\.|[^\s[\]\\])*\]: */g;

/** A line whose meaning changes when it starts a paragraph instead of continuing one. */
const BEGINS_OTHERWISE = /^(?:\s|<|[-+*][ \t]*$|\d+[.)]|\[[^\]]*\]:|\$\$|%%)/;

/**
 * Finds the positions for the captions of the embeds in a block: below the line where an embed ends, or
 * further down if a caption there would break inline markup. With `splits`, also skips positions where the
 * next line would change its meaning in a paragraph of its own. Tables, HTML blocks and setext headings have
 * no positions.
 * @param embeds the embeds of the block, in order
 * @returns positions in document order; embeds without a position are omitted
 */
export function captionPlaces(
  note: string,
  read: ReadBlock,
  embeds: readonly ImageEmbed[],
  splits: boolean,
): CaptionPlace[] {
  const { kind, lead, inList } = read.block;
  if (embeds.length === 0 || (kind !== 'paragraph' && kind !== 'heading')) return [];
  const prefix = linePrefix(note.slice(lead.from, lead.to));
  if (prefix.length > MAX_PREFIX) return [];

  const places: CaptionPlace[] = [];
  let next = 0;
  const blockEnd = lineEnd(note, read.block.from + read.block.text.trimEnd().length);
  for (const end of freeLineEnds(note, read, blockEnd, splits ? prefix : null)) {
    const first = next;
    while (next < embeds.length && (embeds[next]?.to ?? 0) <= end) next++;
    if (first === next) continue;
    const above = embeds.slice(first, next);
    const isLast = kind === 'paragraph' && end === blockEnd;
    const captionEnd = isLast ? blockIdAt(note, above.at(-1)?.to ?? end, end) : end;
    places.push({ embeds: above, lineEnd: end, captionEnd, prefix, inList, endsBlock: kind === 'heading' });
  }
  return places;
}

/** @returns the end of the line that contains `at`, before its line break */
export function lineEnd(note: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(note)?.index ?? note.length;
}

/** @returns the line break at `at`, or '' at the end of the note */
export function lineBreakAt(note: string, at: number): string {
  return /^(?:\r\n?|\n)/.exec(note.slice(at, at + 2))?.[0] ?? '';
}

/**
 * Returns the line ends in the block where no inline markup continues on the next line.
 * @param splitPrefix the prefix of the block if the next line must keep its meaning in a paragraph of its
 * own; otherwise null
 */
function freeLineEnds(note: string, read: ReadBlock, blockEnd: number, splitPrefix: string | null): number[] {
  const { from } = read.block;
  const spans = spanning(read);
  const found: number[] = [];
  let taken = 0;
  let next = 0;
  for (let end = lineEnd(note, from); ; end = lineEnd(note, end + lineBreakAt(note, end).length)) {
    for (; (spans[next]?.from ?? Number.POSITIVE_INFINITY) < end - from; next++) {
      taken = Math.max(taken, spans[next]?.to ?? 0);
    }
    const canSplit = splitPrefix === null || end === blockEnd || isSplittable(note, end, splitPrefix);
    if (taken <= end - from && canSplit) found.push(end);
    if (end >= blockEnd) return found;
  }
}

/** Returns the spans that a new line must not split, sorted by start. */
function spanning({ block, visible, constructs }: ReadBlock): Span[] {
  const { text } = block;
  const hidden = visible.to < text.length ? [{ from: visible.to, to: Number.POSITIVE_INFINITY }] : [];
  return [...constructs, ...findEmphasis(text, visible, constructs), ...hidden].sort(
    (a, b) => a.from - b.from,
  );
}

/** Whether a paragraph can end at `end` and the next line can start a new one. */
function isSplittable(note: string, end: number, prefix: string): boolean {
  const from = end + lineBreakAt(note, end).length;
  const line = note.slice(from, lineEnd(note, from));
  // Outside the blockquote or list, the line labels the whole blockquote or list and must follow all of it.
  if (NAMING_LINE.test(line)) return prefix !== '' && !line.startsWith(prefix);
  // The blockquote marks and indentation may be omitted only while the paragraph continues. A trailing
  // backslash is a line break only inside a paragraph.
  if (!note.startsWith(prefix, from) || note[end - 1] === '\\') return false;
  const rest = line.slice(prefix.length);
  return !BEGINS_OTHERWISE.test(rest) && !NAMING_LINE.test(rest);
}

/** Returns the prefix of a block on its first line, with spaces in place of list and footnote marks. */
function linePrefix(lead: string): string {
  // Footnote lines are indented less than the width of the mark, so tab stops would move.
  const indented = lead.includes('[') ? withoutTabs(lead).replace(FOOTNOTE_MARK, FOOTNOTE_INDENT) : lead;
  return indented.replace(/[^\s>]/g, ' ');
}

function withoutTabs(lead: string): string {
  let expanded = '';
  for (const char of lead) expanded += char === '\t' ? ' '.repeat(4 - (expanded.length % 4)) : char;
  return expanded;
}
