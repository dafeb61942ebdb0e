import { blockIdAt, NAMING_LINE } from '../markdown/block-id.ts';
import { decodeMarkdown } from '../markdown/character-references.ts';
import type { Span } from '../markdown/span.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { oneLine } from '../text/one-line.ts';
import { type CaptionPlace, captionPlaces, lineBreakAt, lineEnd } from './caption-place.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { plainLine } from './plain-line.ts';
import { readBlocks } from './read-blocks.ts';
import { surroundings } from './surroundings.ts';
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
  /** Where its last line ends: behind the block id, if one follows `to`. */
  readonly lineEnd: number;
}

/** The words for captions by where their embeds begin, the alt text as its embed carries it. */
type Captions = Map<number, ImageWords>;

/**
 * The edits that write captions into a note. An image's own caption lines are told by its present alt text, which
 * they repeat; they are replaced, so that the same captions written again give no edit. Where there is no place for
 * lines (in a table, in a block of HTML, in an underlined heading) only the alt text is written. The id of a block
 * stays last in it; lines beside one keep the style that they have.
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
  const at = units.reduce((end, unit) => Math.max(end, unit?.lineEnd ?? 0), place.lineEnd);
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
  const units = ownUnits(note, place);
  const isInsertionNext = insertionsNext(embeds, units, captions);
  const hasId = place.captionEnd < place.lineEnd || units.some((unit) => unit && unit.to < unit.lineEnd);
  const edits: TextEdit[] = [];
  // Captions stand before the id of their block, callouts behind it; without an id, both in one place.
  let captionAt = place.captionEnd;
  let calloutAt = units.reduce((at, unit) => (hasId ? Math.max(at, unit?.lineEnd ?? 0) : at), place.lineEnd);
  let isBehindCallout = false;
  for (const [index, embed] of embeds.entries()) {
    const unit = units[index];
    const caption = captions.get(embed.from);
    if (caption) {
      const isCallout = hasId && unit ? unit.isCallout : style === 'callout';
      const at = isCallout ? calloutAt : captionAt;
      const { from, to } = unit ?? { from: at, to: at };
      const lines = isCallout ? calloutLines(caption) : [captionLine(note, { from, to }, caption.alt)];
      const written = lines.map((line) => lineBreak + place.prefix + line).join('');
      // Between a callout and what is not to become part of it stands a blank line.
      const blankLine = lineBreak + place.prefix.trimEnd();
      const above = isBehindCallout && !unit ? blankLine : '';
      const isEnd = (isCallout || place.endsBlock) && isInsertionNext[index] !== true;
      const below = isEnd && !isApart(note, to, place) ? lineBreak + marksBelow(note, to, place) : '';
      const insert = above + written + below;
      // What earlier versions wrote reads the same, escaped though it is otherwise.
      if (decodeMarkdown(note.slice(from, to)) !== decodeMarkdown(insert)) edits.push({ from, to, insert });
      isBehindCallout = isCallout;
    } else if (unit) isBehindCallout = unit.isCallout;
    if (unit && !(hasId && unit.isCallout)) captionAt = unit.to;
    if (unit) calloutAt = hasId ? Math.max(calloutAt, unit.lineEnd) : unit.to;
  }
  return edits;
}

/** What a blank line below `at` begins with: the marks of the quotes around, but before a line that names the quotes. */
function marksBelow(note: string, at: number, { prefix }: CaptionPlace): string {
  const { text } = nextLine(note, at);
  return NAMING_LINE.test(text) && !text.startsWith(prefix) ? '' : prefix.trimEnd();
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
      at = unit.lineEnd;
      belowBlank = behindBlankLine(note, at, place);
    }
    return unit;
  });
}

const CAPTION_LINE = /^\*(.*)\*$/;
/** As long as one unit of the words can get, `&#65535;`, and what a line of words has besides. In UTF-16 units. */
const LONGEST_ESCAPE = 8;
const MAX_MARKS = 300;
const CALLOUT_TITLE = /^> \[!image\]- (.*)$/;

function unitAt(note: string, at: number, { prefix }: CaptionPlace, alt: string): Unit | undefined {
  const start = at + lineBreakAt(note, at).length + prefix.length;
  const line = shortLine(note, start, MAX_MARKS + alt.length * LONGEST_ESCAPE);
  if (line === null || !note.startsWith(prefix, start - prefix.length)) return undefined;
  const end = start + line.length;
  const to = blockIdAt(note, start, end);
  if (isWrittenAs(CAPTION_LINE, note.slice(start, to), alt)) {
    return { from: at, to, lineEnd: end, isCallout: false };
  }
  if (!isWrittenAs(CALLOUT_TITLE, line, alt)) return undefined;
  for (let last = end; ;) {
    const next = nextLine(note, last);
    if (!next.text.startsWith(`${prefix}>`)) return { from: at, to: last, lineEnd: last, isCallout: true };
    last = next.end;
  }
}

/** The rest of the line from `at` on; null where it is longer than `limit`, so that a long one isn't read for each image. */
function shortLine(note: string, at: number, limit: number): string | null {
  const part = note.slice(at, at + limit);
  const end = part.search(/[\r\n]/);
  return end < 0 && at + limit < note.length ? null : part.slice(0, end < 0 ? undefined : end);
}

/** Whether a line is of this form and says just this, however it is escaped. */
function isWrittenAs(form: RegExp, line: string, words: string): boolean {
  const written = form.exec(line)?.[1];
  return written !== undefined && decodeMarkdown(written) === words;
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

/** The caption line that is to stand in a part of the note. */
function captionLine(note: string, part: Span, alt: string): string {
  const around = surroundings(note, part, false, []);
  const place = around && {
    before: `${around.before}\n*`,
    after: `*${around.after}`,
    kind: 'caption' as const,
  };
  return `*${plainLine(alt, place)}*`;
}

function calloutLines({ alt, description, text }: ImageWords): string[] {
  const lines = ['> [!image]- '];
  const add = (words: string, isLineStart: boolean) => {
    const last = lines.pop() ?? '';
    lines.push(
      last + plainLine(words, { before: [...lines, last].join('\n'), after: '', kind: 'text' }, isLineStart),
    );
  };
  add(alt, false);
  for (const [index, paragraph] of [wordLines(description), wordLines(text)]
    .filter((words) => words.length > 0)
    .entries()) {
    if (index > 0) lines.push('>');
    for (const words of paragraph) {
      lines.push('> ');
      add(words, true);
    }
  }
  return lines;
}

/** The lines of a text that say something. */
function wordLines(text: string): string[] {
  return text
    .split(/[\n\v\f\r\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((line) => line !== '');
}
