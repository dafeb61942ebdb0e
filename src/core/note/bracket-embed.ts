import type { NoteBlock } from '../markdown/block-scanner.ts';
import { decodeMarkdown, withoutIndentation } from '../markdown/character-references.ts';
import type { BracketConstruct, InlineConstruct, InlineResource } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';
import { shift } from '../markdown/span.ts';
import { altText } from './alt-text.ts';
import type { ImageEmbed } from './image-embed.ts';
import { splitLabel } from './layout-words.ts';

/**
 * Returns the embed for `![…](…)` or `![…][…]`.
 * @param inside the constructs between the brackets of the image
 */
export function bracketEmbed(
  block: NoteBlock,
  image: BracketConstruct,
  inside: readonly InlineConstruct[],
): ImageEmbed {
  const { text, from: offset } = block;
  const inTable = block.kind === 'cell';
  const label = text.slice(image.label.from, image.label.to);
  const { words, size, sizeSpan } = splitLabel(label, false, inTable);
  const altInText = shift(words, image.label.from);
  const { resource } = image;
  const { target, targetSpan, title } =
    resource.syntax === 'reference' ? resource.definition : inlineTarget(block, resource);
  return {
    from: offset + image.from,
    to: offset + image.to,
    syntax: resource.syntax,
    alt: altText(text, altInText, inside),
    altSpan: shift(altInText, offset),
    target,
    targetSpan,
    size,
    sizeSpan: sizeSpan && shift(sizeSpan, offset + image.label.from),
    title,
    reference: resource.syntax === 'reference' ? resource.reference : null,
    inTable,
  };
}

function inlineTarget(
  { text, from: offset }: NoteBlock,
  { destination, title }: InlineResource,
): { target: string; targetSpan: Span; title: string | null } {
  return {
    target: decodeMarkdown(text.slice(destination.from, destination.to)),
    targetSpan: shift(destination, offset),
    title: title && decodeMarkdown(withoutIndentation(text.slice(title.from, title.to))),
  };
}
