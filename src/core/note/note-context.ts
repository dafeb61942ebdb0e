import { noteName } from './note-name.ts';
import { decodeMarkdown } from '../markdown/character-references.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import { frontmatterTitle } from '../markdown/frontmatter.ts';
import type { Span } from '../markdown/span.ts';
import { shift } from '../markdown/span.ts';
import type { ImageEmbed } from './image-embed.ts';
import { type ReadBlock, readBlocks } from './read-blocks.ts';

/** The text around an image and the title of its note. */
export interface EmbedPlace {
  /** The `title` in the frontmatter, or else the first level-1 heading, or else the file name. */
  readonly noteTitle: string;
  /** The nearest heading and the text before the image. */
  readonly before: string;
  /** The text after the image. */
  readonly after: string;
  /** The nearest heading above the image; '' for none. */
  readonly heading: string;
}

/** The plain text of a note: no markup, code, math, comments, URLs, frontmatter or embeds. */
export interface NoteContext {
  /** The title and the whole text, used to detect the language of the note. */
  readonly text: string;
  /** @param embed one of the embeds passed to `readContext` */
  around(embed: ImageEmbed): EmbedPlace;
}

/** Maximum length of the context on each side of an image, in UTF-16 units, cut between words. */
const REACH = 300;

/** A removed part of a note. It is replaced with a space unless it is inside a word. */
interface Cut extends Span {
  readonly inWord: boolean;
}

/**
 * Matches visible text that is not prose: embeds other than images, footnote marks, the target of wiki links,
 * and autolinks.
 */
const NON_PROSE = new RegExp(
  [
    /!\[\[[^[\]\n]*\]\]/,
    /\[\^[^[\]\s]+\]:?/,
    /\[\[(?:[^[\]|\n]*(?:\||\/))?|\]\]/,
    /(?:https?:\/\/|\bwww\.)[^\s<]*/,
    /(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]+\.[\w.-]+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);
const TASK_MARK = /^\[[ xX]\](?=\s)/;
/** https://spec.commonmark.org/0.31.2/#atx-headings */
const CLOSING_HASHES = /(?:^|[ \t])#+[ \t]*$/;

/**
 * Reads a note once for all of its embeds.
 * @param notePath relative to the vault, with `/`
 * @param embeds all embeds of the note, in document order
 */
export function readContext(markdown: string, notePath: string, embeds: readonly ImageEmbed[]): NoteContext {
  const blocks = readBlocks(markdown, 'all').filter(({ block }) => block.kind !== 'html');
  const headings = blocks.flatMap(({ block: { from, text, level } }) =>
    level === 0 ? [] : [{ from, to: from + text.length, isFirstLevel: level === 1 }],
  );
  const cuts = [
    ...embeds.map(({ from, to }) => ({ from, to, inWord: false })),
    ...blocks.flatMap((read) =>
      nonProseParts(read).map((cut) => ({ ...cut, ...shift(cut, read.block.from) })),
    ),
  ];
  const offsets = [...embeds, ...headings].flatMap(({ from, to }) => [from, to]);
  const { words, positions } = plainWords(textOnly(markdown.length, blocks), cuts, offsets);
  const read = headings.map(({ from, to, isFirstLevel }) => {
    const end = positions.get(to) ?? 0;
    return { from, end, isFirstLevel, text: folded(words.slice(positions.get(from), end)) };
  });
  const noteTitle =
    frontmatterTitle(markdown) ??
    read.find(({ isFirstLevel, text }) => isFirstLevel && text !== '')?.text ??
    noteName(notePath);
  // Headings and embeds are both sorted, so one pass matches them.
  const headingOf = new Map<number, (typeof read)[number]>();
  let passed = 0;
  for (const { from } of embeds) {
    while ((read[passed]?.from ?? from) < from) passed++;
    const heading = read[passed - 1];
    if (heading) headingOf.set(from, heading);
  }

  return {
    text: `${noteTitle}\n${folded(words)}`,
    around(embed) {
      const at = positions.get(embed.from) ?? 0;
      const { text, cutAt } = wordsBefore(words, at);
      const heading = headingOf.get(embed.from);
      const isCutOff = heading !== undefined && heading.text !== '' && heading.end <= cutAt;
      return {
        noteTitle,
        before: isCutOff ? `${heading.text}\n${text}` : text,
        after: wordsAfter(words, positions.get(embed.to) ?? at),
        heading: heading?.text ?? '',
      };
    },
  };
}

/** Returns the parts of a block that are not prose, as offsets in its text. */
function nonProseParts({ block: { kind, text }, visible, constructs }: ReadBlock): Cut[] {
  const cut = (from: number, to: number, inWord = false): Cut => ({ from, to, inWord });
  const cuts = [cut(0, visible.from), cut(visible.to, text.length)];
  for (const construct of constructs) {
    const { from, to } = construct;
    if (construct.kind === 'link') {
      cuts.push(cut(from, construct.label.from, true), cut(construct.label.to, to, true));
    } else cuts.push(cut(from, to));
  }
  for (const { from, to, marks } of findEmphasis(text, visible, constructs)) {
    cuts.push(cut(from, from + marks, true), cut(to - marks, to, true));
  }
  for (const match of text.matchAll(NON_PROSE)) cuts.push(cut(match.index, match.index + match[0].length));
  const task = TASK_MARK.exec(text);
  if (task) cuts.push(cut(0, task[0].length));
  const hashes = kind === 'heading' ? CLOSING_HASHES.exec(text) : null;
  if (hashes) cuts.push(cut(hashes.index, text.length));
  return cuts;
}

/** Returns a text of the given length with the blocks at their offsets and spaces elsewhere. */
function textOnly(length: number, blocks: readonly ReadBlock[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { block } of blocks) {
    parts.push(' '.repeat(block.from - done), block.text);
    done = block.from + block.text.length;
  }
  return parts.join('') + ' '.repeat(length - done);
}

/** Removes the cuts. `positions` maps each offset in the note to its offset in the result. */
function plainWords(
  markdown: string,
  cuts: readonly Cut[],
  offsets: readonly number[],
): { words: string; positions: ReadonlyMap<number, number> } {
  const stops: readonly Cut[] = [...cuts, ...offsets.map((at) => ({ from: at, to: at, inWord: true }))].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  const positions = new Map<number, number>();
  const parts: string[] = [];
  let length = 0;
  let done = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { from, to, inWord } of stops) {
    if (from > done) add(decodeMarkdown(markdown.slice(done, from)).replace(/\s+/g, ' '));
    if (from === to) positions.set(from, length);
    else if (!inWord && to > done) add(' ');
    done = Math.max(done, to, from);
  }
  add(decodeMarkdown(markdown.slice(done)).replace(/\s+/g, ' '));
  return { words: parts.join(''), positions };
}

function wordsBefore(words: string, at: number): { text: string; cutAt: number } {
  const from = Math.max(0, at - REACH);
  const slice = words.slice(from, at);
  return { text: folded(from === 0 ? slice : slice.replace(/^\S+\s/, '')), cutAt: from };
}

function wordsAfter(words: string, at: number): string {
  const slice = words.slice(at, at + REACH);
  return folded(at + REACH >= words.length ? slice : slice.replace(/\s\S+$/, ''));
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
