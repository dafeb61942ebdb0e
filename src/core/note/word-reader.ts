import { decodeMarkdown } from '../markdown/character-references.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import type { InlineConstruct } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';
import { htmlImages } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { inlineImages } from './inline-images.ts';
import { type ReadBlock, readBlocks } from './read-blocks.ts';

/** The Markdown before and after a text to insert, as far as the parts can affect each other. */
export interface Place {
  readonly before: string;
  readonly after: string;
  /**
   * In an `attribute`, Markdown markup has no effect. In `text`, bare URLs become links. A `caption` is in
   * the same paragraph as the alt text that it repeats, so its delimiters could pair with those of the alt
   * text.
   */
  readonly kind: 'alt' | 'attribute' | 'text' | 'caption';
}

/** Whether an escaped form reads as the original text. */
export type WordReader = (written: string) => boolean;

const ESCAPED = /\\[!-/:-@[-`{-~]/g;

/** An open wiki link before the text, which a `]]` would close. */
const OPEN_LINK = /\[\[[^\]\n]*$/;

/** Comments, math blocks, wiki links, templates and declarations, which may extend beyond the block. */
const REACHES_FAR = /%%|\$\$|\[\[|<[%!?]/;

/** An inline footnote or a footnote mark. */
const FOOTNOTE = /\^\[|\[\^/;

/** An Obsidian tag. https://help.obsidian.md/tags. */
const TAG = /(?:^|\s)#(?=[^\s#]*\p{L})/u;

/** Autolinks in GFM and VS Code. https://github.github.com/gfm/#autolinks-extension- */
const ADDRESS = /[\p{L}\p{N}]:\/\/|\bwww\.|[\w.+-]@[\w-]+\.\w/iu;

/** An escape in a bare URL, which GFM and VS Code read literally. */
const ESCAPED_ADDRESS = /[a-z0-9.+-]:\/\/\S*(?:\\[!-/:-@[-`{-~]|&#?\w+;)/i;

/** A block id at the end of a line. https://help.obsidian.md/links#Link+to+a+block+in+a+note */
const BLOCK_ID = /(?:^|\s)\^[\p{L}\p{N}-]+$/u;

/**
 * Returns a function that checks whether an escaped form reads as `words` in a place: the text around it must
 * parse as it does with a single letter instead, and the form must decode to `words` in CommonMark with GFM
 * and the extensions of Obsidian and VS Code.
 * @param words one line
 * @returns null if the surrounding text does not determine how the place is parsed
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

/**
 * Returns the structure of the text, with the inserted words counted as one letter, and the alt text that the
 * words form.
 */
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
