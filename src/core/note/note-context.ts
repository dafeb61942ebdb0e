import { frontmatterEnd } from './frontmatter.ts';
import type { ImageEmbed, Span } from './image-embed.ts';
import { decodeMarkdown } from './markdown-text.ts';
import { markdownTree } from './markdown-tree.ts';

/** What is known of the place where an image stands. */
export interface EmbedPlace {
  /** The frontmatter's `title`, else the first heading of the first level, else the file's name. */
  readonly noteTitle: string;
  /** The nearest heading and the words before the image. */
  readonly before: string;
  /** The words after the image. */
  readonly after: string;
}

/** A note as its words: no markup, code, math, comments, addresses, frontmatter and embeds. */
export interface NoteContext {
  /** The title and all words, to tell the note's language. */
  readonly text: string;
  /** @param embed one of those that the context was read with */
  around(embed: ImageEmbed): EmbedPlace;
}

/** How many words go with an image to each side, in UTF-16 units, cut between words. */
const REACH = 300;

/** What is left out of a note; inside a word nothing takes its place, elsewhere a space. */
interface Cut extends Span {
  readonly inWord: boolean;
}

/** Nodes that are no words, whatever they hold. */
const WORDLESS =
  /^(?:FencedCode|CodeBlock|InlineCode|HTMLBlock|HTMLTag|Comment|CommentBlock|ProcessingInstruction|ProcessingInstructionBlock|LinkReference|LinkTitle|LinkLabel|URL|Autolink|Image|HeaderMark|QuoteMark|ListMark|TaskMarker|TableDelimiter)$/;
const MARK_IN_WORD = /^(?:EmphasisMark|StrikethroughMark|LinkMark)$/;

/** Obsidian's comments and embeds, math, the marks of footnotes, and of a link to a note all but the words shown. */
const UNKNOWN_TO_TREE =
  /%%[^]*?%%|\$\$[^]*?\$\$|\$(?![\s$])[^$\n]*\$(?!\d)|!\[\[[^[\]\n]*\]\]|\[\^[^\]\s]+\]:?|\[\[(?:[^[\]|\n]*(?:\||\/))?|\]\]/g;

/**
 * Reads a note once for all of its embeds.
 * @param notePath relative to the vault, with `/`
 * @param embeds all embeds of the note, in order
 */
export function readContext(markdown: string, notePath: string, embeds: readonly ImageEmbed[]): NoteContext {
  const cuts: Cut[] = embeds.map(({ from, to }) => ({ from, to, inWord: false }));
  const headings: { readonly from: number; readonly to: number; readonly isFirstLevel: boolean }[] = [];
  const start = frontmatterEnd(markdown);
  cuts.push({ from: 0, to: start, inWord: false });
  for (const match of markdown.matchAll(UNKNOWN_TO_TREE)) {
    if (match.index >= start)
      cuts.push({ from: match.index, to: match.index + match[0].length, inWord: false });
  }
  markdownTree(markdown).iterate({
    enter({ name, from, to }) {
      const level = /^(?:ATX|Setext)Heading(\d)$/.exec(name)?.[1];
      if (level !== undefined) headings.push({ from, to, isFirstLevel: level === '1' });
      const isWordless = WORDLESS.test(name);
      if (isWordless || MARK_IN_WORD.test(name)) cuts.push({ from, to, inWord: !isWordless });
      return !isWordless;
    },
  });

  const offsets = [...embeds, ...headings].flatMap(({ from, to }) => [from, to]);
  const { words, positions } = plainWords(markdown, cuts, offsets);
  const read = headings.map(({ from, to, isFirstLevel }) => {
    const end = positions.get(to) ?? 0;
    return { from, end, isFirstLevel, text: folded(words.slice(positions.get(from), end)) };
  });
  const noteTitle =
    frontmatterTitle(markdown.slice(0, start)) ??
    read.find(({ isFirstLevel, text }) => isFirstLevel && text !== '')?.text ??
    fileName(notePath);

  return {
    text: `${noteTitle}\n${folded(words)}`,
    around(embed) {
      const at = positions.get(embed.from) ?? 0;
      const { text, cutAt } = wordsBefore(words, at);
      const heading = read.findLast(({ from }) => from < embed.from);
      const isCutOff = heading !== undefined && heading.text !== '' && heading.end <= cutAt;
      return {
        noteTitle,
        before: isCutOff ? `${heading.text}\n${text}` : text,
        after: wordsAfter(words, positions.get(embed.to) ?? at),
      };
    },
  };
}

/** Leaves the cuts out; `positions` says where in the words each of the offsets in the note has gone. */
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
    else if (!inWord) add(' ');
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

function frontmatterTitle(frontmatter: string): string | null {
  const value = /^title:[ \t]+(.*)$/m.exec(frontmatter)?.[1]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2];
  const title = (quoted ?? value.replace(/\s#.*$/, '')).trim();
  // A block scalar has its text in the lines below.
  return title === '' || /^[|>][+-]?$/.test(title) ? null : title;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}
