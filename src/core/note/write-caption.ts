import { captionPlaces, lineBreakAt, lineEnd, type CaptionPlace } from './caption-place.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed, Span } from './image-embed.ts';
import { oneLine } from './one-line.ts';
import { readBlocks } from './read-blocks.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { carriedAltText, writeAltText } from './write-alt-text.ts';

/**
 * `alt`: the alt text alone. `below`: also `*alt text.*` on a line of its own under the image. `callout`: also a
 * folded callout with the description and the text in the image (https://help.obsidian.md/callouts).
 */
export type CaptionStyle = 'alt' | 'below' | 'callout';

/** What is told about an image. */
export interface ImageWords {
  readonly alt: string;
  readonly description: string;
  /** The text in the image, line by line; '' where there is none. */
  readonly text: string;
  /** Whether it only decorates: it gets `alt=""` in HTML and nothing elsewhere. */
  readonly decorative: boolean;
}

/** Words for an embed of the note. */
export interface WantedCaption {
  readonly embed: ImageEmbed;
  readonly description: ImageWords;
}

/** Lines under an image that say what its alt text says, and so are ours. They begin with their line break. */
interface Unit extends Span {
  readonly isCallout: boolean;
}

/** The words for captions by where their embeds begin, the alt text as its embed carries it. */
type Captions = Map<number, ImageWords>;

/**
 * The edits that write captions into a note. An image's own caption lines are told by its present alt text, which
 * they repeat; they are replaced, so that the same captions written again give no edit. Where there is no place for
 * lines (in a table, in a block of HTML, in an underlined heading) only the alt text is written.
 * @param wanted for embeds of this text, as `findImages` gives them; an embed comes once
 * @returns edits of `note` that don't overlap: at most one inside each embed, the others of whole lines
 */
export function captionEdits(
  note: string,
  wanted: readonly WantedCaption[],
  style: CaptionStyle,
): TextEdit[] {
  const edits: TextEdit[] = [];
  const captions: Captions = new Map();
  for (const { embed, description } of wanted.toSorted((a, b) => a.embed.from - b.embed.from)) {
    const alt = description.decorative ? '' : carriedAltText(note, embed, description.alt);
    const edit = writeAltText(note, embed, alt, edits);
    if (edit) edits.push(edit);
    if (alt !== '') captions.set(embed.from, { ...description, alt });
  }
  if (style === 'alt' || captions.size === 0) return edits;
  const images = findImages(note);
  const lines = notePlaces(note, images, style)
    .filter(({ embeds }) => embeds.some(({ from }) => captions.has(from)))
    .map((place) => lineEdits(note, place, captions, style));
  // New lines can give a new meaning to old ones in ways that no list of cases is complete for.
  const kept = harmless(lines, (added) =>
    isSameImages(images, findImages(applyEdits(note, [...edits, ...added]))),
  );
  return [...edits, ...kept];
}

/**
 * The edit that puts lines under an image and its caption, as a block of their own.
 * @param lines without line breaks
 * @returns null where there is no place for lines: in a table, in HTML
 */
export function insertBelow(note: string, embed: ImageEmbed, lines: readonly string[]): TextEdit | null {
  const images = findImages(note);
  const place = notePlaces(note, images, 'callout').find(({ embeds }) =>
    embeds.some(({ from }) => from === embed.from),
  );
  if (place === undefined) return null;
  const units = ownUnits(note, place);
  const at = units.reduce((end, unit) => Math.max(end, unit?.to ?? 0), place.lineEnd);
  const lineBreak = lineBreakAt(note, place.lineEnd) || (/\r\n?|\n/.exec(note)?.[0] ?? '\n');
  const blankLine = lineBreak + place.prefix.trimEnd();
  const written = lines.map((line) => lineBreak + (place.prefix + line).trimEnd()).join('');
  return { from: at, to: at, insert: blankLine + written + (isApart(note, at, place) ? '' : blankLine) };
}

/** The groups of edits without those that do harm, which a note has few of, if any. */
function harmless(
  groups: readonly (readonly TextEdit[])[],
  isHarmless: (edits: readonly TextEdit[]) => boolean,
): TextEdit[] {
  const all = groups.flat();
  if (all.length === 0 || isHarmless(all)) return all;
  if (groups.length === 1) return [];
  const middle = groups.length >> 1;
  return [groups.slice(0, middle), groups.slice(middle)].flatMap((half) => harmless(half, isHarmless));
}

function isSameImages(before: readonly ImageEmbed[], after: readonly ImageEmbed[]): boolean {
  const key = ({ syntax, target, size, title, inTable }: ImageEmbed) =>
    JSON.stringify([syntax, target, size, title, inTable]);
  return before.map(key).join() === after.map(key).join();
}

/** The places of a note in which images have their captions. */
function notePlaces(note: string, images: readonly ImageEmbed[], style: CaptionStyle): CaptionPlace[] {
  const blocks = readBlocks(note, 'marked');
  let next = 0;
  return blocks.flatMap((read, index) => {
    const first = next;
    const end = blocks[index + 1]?.block.from ?? note.length;
    while (next < images.length && (images[next]?.from ?? 0) < end) next++;
    return captionPlaces(note, read, images.slice(first, next), style === 'callout');
  });
}

function lineEdits(
  note: string,
  place: CaptionPlace,
  captions: Captions,
  style: 'below' | 'callout',
): TextEdit[] {
  const { embeds } = place;
  const lineBreak = lineBreakAt(note, place.lineEnd) || (/\r\n?|\n/.exec(note)?.[0] ?? '\n');
  const blankLine = lineBreak + place.prefix.trimEnd();
  const units = ownUnits(note, place);
  const isInsertionNext = insertionsNext(embeds, units, captions);
  const edits: TextEdit[] = [];
  let at = place.lineEnd;
  let isBehindCallout = false;
  for (const [index, embed] of embeds.entries()) {
    const unit = units[index];
    const caption = captions.get(embed.from);
    if (caption) {
      const lines = style === 'callout' ? calloutLines(caption) : [captionLine(caption.alt)];
      const written = lines.map((line) => lineBreak + place.prefix + line).join('');
      // Between a callout and what is not to become part of it stands a blank line.
      const above = isBehindCallout && !unit ? blankLine : '';
      const { from, to } = unit ?? { from: at, to: at };
      const isEnd = (style === 'callout' || place.endsBlock) && isInsertionNext[index] !== true;
      const below = isEnd && !isApart(note, to, place) ? blankLine : '';
      const insert = above + written + below;
      if (note.slice(from, to) !== insert) edits.push({ from, to, insert });
      isBehindCallout = style === 'callout';
    } else if (unit) isBehindCallout = unit.isCallout;
    at = unit?.to ?? at;
  }
  return edits;
}

/** Of each embed, whether the next lines to come behind its own are new ones, which bring their own blank line. */
function insertionsNext(
  embeds: readonly ImageEmbed[],
  units: readonly (Unit | undefined)[],
  captions: Captions,
): boolean[] {
  let isNext = false;
  const found = embeds.map(() => false);
  for (let index = embeds.length - 1; index >= 0; index--) {
    found[index] = isNext;
    isNext = units[index] === undefined && (isNext || captions.has(embeds[index]?.from ?? -1));
  }
  return found;
}

/** Whether the line behind `at` keeps out of a callout by itself: it is blank, none, or the next item of the list. */
function isApart(note: string, at: number, place: CaptionPlace): boolean {
  const from = at + lineBreakAt(note, at).length;
  const line = note.slice(from, lineEnd(note, from));
  const quotes = place.prefix.trimEnd();
  const rest = line.startsWith(quotes) ? line.slice(quotes.length) : line;
  return rest.trim() === '' || (place.inList && /^[ \t>]*(?:[-+*]|\d+[.)])[ \t]/.test(line));
}

/** The lines that stand under the images already, by the index of the embed whose alt text they repeat. */
function ownUnits(note: string, place: CaptionPlace): readonly (Unit | undefined)[] {
  let at = place.lineEnd;
  let belowBlank = behindBlankLine(note, at, place);
  return place.embeds.map((embed) => {
    const alt = oneLine(embed.alt);
    if (alt === '') return undefined;
    const unit = unitAt(note, at, place, alt) ?? unitAt(note, belowBlank, place, alt);
    if (unit) {
      at = unit.to;
      belowBlank = behindBlankLine(note, at, place);
    }
    return unit;
  });
}

function unitAt(note: string, from: number, { prefix }: CaptionPlace, alt: string): Unit | undefined {
  const lineTo = lineStandsAt(note, from, prefix + captionLine(alt));
  if (lineTo !== null) return { from, to: lineTo, isCallout: false };
  let to = lineStandsAt(note, from, prefix + calloutTitle(alt));
  if (to === null) return undefined;
  for (;;) {
    const line = nextLine(note, to);
    if (!line.text.startsWith(`${prefix}>`)) return { from, to, isCallout: true };
    to = line.end;
  }
}

/** Whether a text is the whole line behind the line break at `at`. @returns where it ends, or null */
function lineStandsAt(note: string, at: number, text: string): number | null {
  const from = at + lineBreakAt(note, at).length;
  const end = from + text.length;
  return note.startsWith(text, from) && /^[\r\n]?$/.test(note.slice(end, end + 1)) ? end : null;
}

/** Behind the blank line that follows at `at`, if one does and it is not the end of the note. */
function behindBlankLine(note: string, at: number, place: CaptionPlace): number {
  const line = nextLine(note, at);
  return line.text.trimEnd() === place.prefix.trimEnd() && line.end < note.length ? line.end : at;
}

/** The line behind the line break at `at`; '' at the end of the note. */
function nextLine(note: string, at: number): { text: string; end: number } {
  const from = at + lineBreakAt(note, at).length;
  const end = lineEnd(note, from);
  return { text: note.slice(from, end), end };
}

function captionLine(alt: string): string {
  return `*${escapeMarkdown(alt)}*`;
}

function calloutTitle(alt: string): string {
  return `> [!image]- ${escapeMarkdown(alt)}`;
}

function calloutLines({ alt, description, text }: ImageWords): string[] {
  const paragraphs = [plainLines(description), plainLines(text)].filter((lines) => lines.length > 0);
  const body = paragraphs.map((lines) => lines.map((line) => `> ${line}`));
  return [calloutTitle(alt), ...body.flatMap((lines, index) => (index === 0 ? lines : ['>', ...lines]))];
}

/** The lines of a text as Markdown in which each is just its words. */
function plainLines(text: string): string[] {
  return text
    .split(/[\n\v\f\r\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((line) => line !== '')
    .map((line) =>
      escapeMarkdown(line)
        .replace(/^[-+=:#]/, '\\$&')
        .replace(/^(\d{1,9})([.)])/, '$1\\$2'),
    );
}
