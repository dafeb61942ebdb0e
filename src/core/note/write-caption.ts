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
import { removeAltText } from './remove-alt-text.ts';
import { surroundings } from './surroundings.ts';
import { carriedAltText, writeAltText } from './write-alt-text.ts';

/**
 * `alt`: only the alt text. `below`: also `*alt text.*` on its own line below the image. `callout`: also a
 * folded callout with the description and the text in the image (https://help.obsidian.md/callouts).
 */
export type CaptionStyle = 'alt' | 'below' | 'callout';

/** The generated texts about an image. */
export interface CaptionText {
  readonly alt: string;
  readonly description: string;
  /** The text in the image, line by line; '' if there is none. */
  readonly text: string;
  /** Whether the image is decorative: it gets `alt=""` in HTML and no text elsewhere. */
  readonly decorative: boolean;
}

/** The texts for one embed of the note. */
export interface WantedCaption {
  readonly embed: ImageEmbed;
  readonly description: CaptionText;
  /** Whether to remove the alt text instead. Text below the image stays. */
  readonly removes?: boolean;
}

/**
 * Caption lines below an image that repeat its alt text and therefore belong to it, including their leading
 * line break.
 */
interface Unit extends Span {
  readonly isCallout: boolean;
  /** The end of the last line: after the block id if one follows `to`. */
  readonly lineEnd: number;
}

/** Captions by the start of their embed, with the alt text as the embed holds it. */
type Captions = Map<number, CaptionText>;

/**
 * Returns the edits that write captions into a note. Existing caption lines are recognized because they
 * repeat the current alt text of their image; they are replaced, so writing the same captions again returns
 * no edits. Where lines are not possible (tables, HTML blocks, setext headings) only the alt text is written.
 * A block id stays last in its block; captions next to one keep their style.
 * @param wanted captions for embeds of this text as returned by `findImages`, at most one per embed
 * @returns edits of `note` without overlaps: at most one inside each embed, the others cover whole lines
 */
export function captionEdits(
  note: string,
  wanted: readonly WantedCaption[],
  style: CaptionStyle,
): TextEdit[] {
  const edits: TextEdit[] = [];
  const captions: Captions = new Map();
  for (const { embed, description, removes } of wanted.toSorted((a, b) => a.embed.from - b.embed.from)) {
    const alt = description.decorative ? '' : carriedAltText(note, embed, description.alt);
    const edit = removes === true ? removeAltText(note, embed) : writeAltText(note, embed, alt, edits);
    if (edit) edits.push(edit);
    if (alt !== '') captions.set(embed.from, { ...description, alt });
  }
  if (style === 'alt' || captions.size === 0) return edits;
  const images = findImages(note);
  const lines = notePlaces(note, images, style)
    .filter(({ embeds }) => embeds.some(({ from }) => captions.has(from)))
    .map((place) => lineEdits(note, place, captions, style));
  // New lines can change the meaning of existing ones in ways that no list of cases covers completely.
  const kept = harmless(lines, (added) =>
    isSameImages(images, findImages(applyEdits(note, [...edits, ...added]))),
  );
  return [...edits, ...kept];
}

/**
 * Returns the edit that inserts lines below an image and its caption as a separate block.
 * @param lines lines without line breaks
 * @returns null if lines are not possible, as in a table or in HTML
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

/** Returns the edits without the groups that change other images. Bisects, because harmful groups are rare. */
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

/** Returns the caption positions of a note that have images. */
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
  // Captions precede the block id, callouts follow it; without an id both use the same position.
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
      // A blank line keeps the next block out of a callout.
      const blankLine = lineBreak + place.prefix.trimEnd();
      const above = isBehindCallout && !unit ? blankLine : '';
      const isEnd = (isCallout || place.endsBlock) && isInsertionNext[index] !== true;
      const below = isEnd && !isApart(note, to, place) ? lineBreak + marksBelow(note, to, place) : '';
      const insert = above + written + below;
      // Keeps the captions of earlier versions if only their escapes differ.
      if (decodeMarkdown(note.slice(from, to)) !== decodeMarkdown(insert)) edits.push({ from, to, insert });
      isBehindCallout = isCallout;
    } else if (unit) isBehindCallout = unit.isCallout;
    if (unit && !(hasId && unit.isCallout)) captionAt = unit.to;
    if (unit) calloutAt = hasId ? Math.max(calloutAt, unit.lineEnd) : unit.to;
  }
  return edits;
}

/**
 * Returns the prefix of a blank line below `at`: the blockquote marks, or '' before a line that labels the
 * whole blockquote.
 */
function marksBelow(note: string, at: number, { prefix }: CaptionPlace): string {
  const { text } = nextLine(note, at);
  return NAMING_LINE.test(text) && !text.startsWith(prefix) ? '' : prefix.trimEnd();
}

/**
 * Returns for each embed whether the next caption lines after its own are new. New lines bring their own
 * blank line.
 */
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

/** Whether the line after `at` can't become part of a callout: it is blank, missing, or the next list item. */
function isApart(note: string, at: number, place: CaptionPlace): boolean {
  const from = at + lineBreakAt(note, at).length;
  const line = note.slice(from, lineEnd(note, from));
  const quotes = place.prefix.trimEnd();
  const rest = line.startsWith(quotes) ? line.slice(quotes.length) : line;
  return rest.trim() === '' || (place.inList && /^[ \t>]*(?:[-+*]|\d+[.)])[ \t]/.test(line));
}

/** Returns the existing caption lines by the index of the embed whose alt text they repeat. */
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
/**
 * The longest escape of one UTF-16 unit is `&#65535;`; `MAX_MARKS` is the maximum of other marks in a line.
 * In UTF-16 units.
 */
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

/**
 * Returns the rest of the line from `at` on, or null if it is longer than `limit`, to avoid reading a long
 * line for each image.
 */
function shortLine(note: string, at: number, limit: number): string | null {
  const part = note.slice(at, at + limit);
  const end = part.search(/[\r\n]/);
  return end < 0 && at + limit < note.length ? null : part.slice(0, end < 0 ? undefined : end);
}

/** Whether a line has this form and contains exactly these words, regardless of escapes. */
function isWrittenAs(form: RegExp, line: string, words: string): boolean {
  const written = form.exec(line)?.[1];
  return written !== undefined && decodeMarkdown(written) === words;
}

/** Returns the offset after the blank line that follows `at`, or `at` if there is none or it ends the note. */
function behindBlankLine(note: string, at: number, place: CaptionPlace): number {
  const line = nextLine(note, at);
  return line.text.trimEnd() === place.prefix.trimEnd() && line.end < note.length ? line.end : at;
}

/** Returns the line after the line break at `at`; '' at the end of the note. */
function nextLine(note: string, at: number): { text: string; end: number } {
  const from = at + lineBreakAt(note, at).length;
  const end = lineEnd(note, from);
  return { text: note.slice(from, end), end };
}

/** Returns the caption line for a part of the note. */
function captionLine(note: string, part: Span, alt: string): string {
  const around = surroundings(note, part, false, []);
  const place = around && {
    before: `${around.before}\n*`,
    after: `*${around.after}`,
    kind: 'caption' as const,
  };
  return `*${plainLine(alt, place)}*`;
}

function calloutLines({ alt, description, text }: CaptionText): string[] {
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

/** Returns the non-blank lines of a text. */
function wordLines(text: string): string[] {
  return text
    .split(/[\n\v\f\r\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((line) => line !== '');
}
