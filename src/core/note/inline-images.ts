import type { NoteBlock } from '../markdown/block-scanner.ts';
import type { InlineConstruct } from '../markdown/inline-scanner.ts';
import { bracketEmbed } from './bracket-embed.ts';
import { htmlEmbed } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { wikiEmbed } from './wiki-embed.ts';

/** Returns the embeds among the constructs of a block, except those in the alt text of another embed. */
export function inlineImages(block: NoteBlock, constructs: readonly InlineConstruct[]): ImageEmbed[] {
  const embeds: (ImageEmbed | null)[] = [];
  // Iterates backward so that an image comes before the constructs inside it.
  for (let index = constructs.length - 1; index >= 0; index--) {
    const construct = constructs[index];
    switch (construct?.kind) {
      case 'image':
        embeds.push(bracketEmbed(block, construct, constructs.slice(construct.firstInside, index)));
        index = construct.firstInside;
        break;
      case 'wiki':
        embeds.push(wikiEmbed(block, construct));
        break;
      case 'html':
        embeds.push(htmlEmbed(block, construct));
        break;
      case 'hidden':
      case 'link':
      case 'literal':
      case undefined:
    }
  }
  return embeds.filter((embed) => embed !== null).reverse();
}
