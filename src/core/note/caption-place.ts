import { blockIdAt, NAMING_LINE } from '../markdown/block-id.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import type { Span } from '../markdown/span.ts';
import type { ImageEmbed } from './image-embed.ts';
import type { ReadBlock } from './read-blocks.ts';

/** Where captions of images go. */
export interface CaptionPlace {
  /** In the order in which they stand, and their captions too. */
  readonly embeds: readonly ImageEmbed[];
  /** The end of the line they go under, in front of its line break. */
  readonly lineEnd: number;
  /** Where a caption line goes: `lineEnd`, or in front of the block id there, which has to stay last in its block. */
  readonly captionEnd: number;
  /** What their lines begin with, so that they stay in the quotes and list items around the images. */
  readonly prefix: string;
  /** Whether the images stand in a list item: a list is tight as long as no blank line is in it. */
  readonly inList: boolean;
  /** Whether a caption line ends a block here, so that the next line would become part of the caption. */
  readonly endsBlock: boolean;
}

/** Nobody nests quotes and lists so deep, and it would stand before every line of a caption. In UTF-16 units. */
const MAX_PREFIX = 500;

/** What puts a line into a footnote. https://github.github.com/gfm/ leaves footnotes out; GitHub and Obsidian agree. */
const FOOTNOTE_INDENT = '    ';
const FOOTNOTE_MARK = /\[\^(?:\\.|[^\s[\]\\])*\]: */g;

/** A line that means something else where it begins a paragraph than where it continues one. */
const BEGINS_OTHERWISE = /^(?:\s|<|[-+*][ \t]*$|\d+[.)]|\[[^\]]*\]:|\$\$|%%)/;

/**
 * Where the captions of the embeds in a block go: under the line that an embed ends on, or further down where that
 * would tear inline markup, and if `splits`, where a line moved to a paragraph of its own would mean something else.
 * There is no place for lines in a table, in a block of HTML and in an underlined heading.
 * @param embeds those of the block, in order
 * @returns in order; an embed without a place is in none
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

/** @returns where the line ends that holds `at`, in front of its line break */
export function lineEnd(note: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(note)?.index ?? note.length;
}

/** @returns the line break that begins at `at`, '' at the end of the note */
export function lineBreakAt(note: string, at: number): string {
  return /^(?:\r\n?|\n)/.exec(note.slice(at, at + 2))?.[0] ?? '';
}

/**
 * The ends of the block's lines at which no inline markup goes on in the next line.
 * @param splitPrefix the block's prefix, if the next line has to mean the same in a paragraph of its own; else null
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

/** What a line in its midst would become part of, by where it begins. */
function spanning({ block, visible, constructs }: ReadBlock): Span[] {
  const { text } = block;
  const hidden = visible.to < text.length ? [{ from: visible.to, to: Number.POSITIVE_INFINITY }] : [];
  return [...constructs, ...findEmphasis(text, visible, constructs), ...hidden].sort(
    (a, b) => a.from - b.from,
  );
}

/** Whether a paragraph may end with the line that ends at `end`, and the next line begin another one. */
function isSplittable(note: string, end: number, prefix: string): boolean {
  const from = end + lineBreakAt(note, end).length;
  const line = note.slice(from, lineEnd(note, from));
  // Outside the quotes and the list it names these, and goes under all that is in them.
  if (NAMING_LINE.test(line)) return prefix !== '' && !line.startsWith(prefix);
  // A line may leave out the marks of the quotes and the indentation only as long as the paragraph goes on; and a
  // backslash at its end breaks the line only there.
  if (!note.startsWith(prefix, from) || note[end - 1] === '\\') return false;
  const rest = line.slice(prefix.length);
  return !BEGINS_OTHERWISE.test(rest) && !NAMING_LINE.test(rest);
}

/** What stands in front of a block on its first line, with spaces in place of the marks of lists and footnotes. */
function linePrefix(lead: string): string {
  // A footnote's lines aren't indented as far as its mark reaches, so that tabs would end elsewhere.
  const indented = lead.includes('[') ? withoutTabs(lead).replace(FOOTNOTE_MARK, FOOTNOTE_INDENT) : lead;
  return indented.replace(/[^\s>]/g, ' ');
}

function withoutTabs(lead: string): string {
  let expanded = '';
  for (const char of lead) expanded += char === '\t' ? ' '.repeat(4 - (expanded.length % 4)) : char;
  return expanded;
}
