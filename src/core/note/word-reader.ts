import { decodeMarkdown } from '../markdown/character-references.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import type { InlineConstruct } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';
import { htmlImages } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { inlineImages } from './inline-images.ts';
import { type ReadBlock, readBlocks } from './read-blocks.ts';

/** Where words are to stand: the Markdown before and behind them, as far as one could change how the other reads. */
export interface Place {
  readonly before: string;
  readonly after: string;
  /**
   * In an `attribute`, marks of Markdown mean nothing. In `text`, bare addresses become links. A `caption` is text in the same paragraph as the alt text that it repeats,
   * so that its marks would find their equals there.
   */
  readonly kind: 'alt' | 'attribute' | 'text' | 'caption';
}

/** Tells whether a way of writing words reads as the words. */
export type WordReader = (written: string) => boolean;

const ESCAPED = /\\[!-/:-@[-`{-~]/g;

/** An open wiki link before the words, which a `]]` would end. */
const OPEN_LINK = /\[\[[^\]\n]*$/;

/** Comments, blocks of math, wiki links, templates and declarations, which may reach beyond the block. */
const REACHES_FAR = /%%|\$\$|\[\[|<[%!?]/;

/** An inline footnote, or the mark of one. */
const FOOTNOTE = /\^\[|\[\^/;

/** Obsidian's tags: https://help.obsidian.md/tags. */
const TAG = /(?:^|\s)#(?=[^\s#]*\p{L})/u;

/** What GFM and VS Code make links of by themselves. https://github.github.com/gfm/#autolinks-extension- */
const ADDRESS = /[\p{L}\p{N}]:\/\/|\bwww\.|[\w.+-]@[\w-]+\.\w/iu;

/** An escape in a bare address, which GFM and VS Code take as it stands. */
const ESCAPED_ADDRESS = /[a-z0-9.+-]:\/\/\S*(?:\\[!-/:-@[-`{-~]|&#?\w+;)/i;

/** A line's last word names its block. https://help.obsidian.md/links#Link+to+a+block+in+a+note */
const BLOCK_ID = /(?:^|\s)\^[\p{L}\p{N}-]+$/u;

/**
 * Reads words in a place. They read as such if the text around reads as it does with a letter in their stead, and if
 * they are what a reader gets: by CommonMark with GFM, and by what Obsidian and VS Code add to it.
 * @param words one line
 * @returns null where the text around doesn't tell what the place is
 */
export function wordReader(words: string, place: Place): WordReader | null {
  const { before, after, kind } = place;
  const letter = read(place, 'x');
  const isAlt = kind === 'alt' || kind === 'attribute';
  if (isAlt && letter.alt !== 'x') return null;
  const marksAround = { $: count(before + after, /\$/g), '==': count(before + after, /==/g) };

  return (written) => {
    const bare = written.replace(ESCAPED, '\0');
    const joined = before.slice(-1) + written + after.slice(0, 1);
    if (REACHES_FAR.test(joined)) return false;
    if (joined.includes(']]') && OPEN_LINK.test(before)) return false;
    if (isPaired(count(bare, /\$/g), marksAround.$)) return false;
    if (kind !== 'attribute') {
      if (isPaired(count(bare, /==/g), marksAround['=='])) return false;
      if (FOOTNOTE.test(bare) || TAG.test(bare) || ESCAPED_ADDRESS.test(written)) return false;
    }
    if (kind === 'caption' && (written.includes('`') || /\$|==/.test(bare))) return false;
    if (!isAlt) {
      if (ADDRESS.test(bare) || (after === '' && BLOCK_ID.test(bare))) return false;
      if (decodeMarkdown(written) !== words) return false;
    }
    const { shape, alt } = read(place, written);
    return shape === letter.shape && (!isAlt || alt === words);
  };
}

function isPaired(inside: number, around: number): boolean {
  return inside > 0 && inside + around > 1;
}

function count(text: string, mark: RegExp): number {
  return text.replace(ESCAPED, '').match(mark)?.length ?? 0;
}

/** What the text with the words in it consists of, the words taken as one letter, and the alt text that they are. */
function read({ before, after }: Place, written: string): { shape: string; alt: string | null } {
  const from = before.length;
  const to = from + written.length;
  const at = (offset: number) => {
    if (offset <= from) return offset;
    return offset >= to ? offset - written.length + 1 : -1;
  };
  let alt: string | null = null;
  const shape = readBlocks(before + written + after, 'all').map((block) => {
    const images = imagesOf(block);
    for (const { altSpan, alt: text } of images) {
      if (altSpan?.from === from && altSpan.to === to) alt = text;
    }
    return shapeOf(block, images, at);
  });
  return { shape: JSON.stringify(shape), alt };
}

function imagesOf({ block, visible, constructs }: ReadBlock): ImageEmbed[] {
  return block.kind === 'html' ? htmlImages(block, visible.from) : inlineImages(block, constructs);
}

function shapeOf(
  { block, visible, constructs }: ReadBlock,
  images: readonly ImageEmbed[],
  at: (offset: number) => number,
): unknown[] {
  const { kind, from, text, level, lead } = block;
  const span = (part: Span) => [at(from + part.from), at(from + part.to)];
  const label = (construct: InlineConstruct) => ('label' in construct ? span(construct.label) : []);
  return [
    [kind, level, ...span({ from: 0, to: text.length }), at(lead.from), at(lead.to), ...span(visible)],
    constructs.map((construct) => [construct.kind, ...span(construct), ...label(construct)]),
    findEmphasis(text, visible, constructs).map((found) => [...span(found), found.marks]),
    images.map(({ syntax, target, size, title }) => [syntax, target, size, title]),
  ];
}
