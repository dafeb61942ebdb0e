import { htmlImages } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { isImageTarget } from './image-target.ts';
import { inlineImages } from './inline-images.ts';
import { readBlocks } from './read-blocks.ts';

/**
 * Finds all images embedded in a note: CommonMark with GFM tables and footnotes, Obsidian embeds and raw
 * HTML. Skips code, comments, frontmatter, math and escaped markup. An image in the alt text of another image
 * counts as part of that text. Runs in linear time.
 * @param markdown the whole note, including a BOM if present
 * @returns the embeds in document order, without overlaps
 */
export function findImages(markdown: string): ImageEmbed[] {
  if (!markdown.includes('![') && !/<img/i.test(markdown)) return [];
  return readBlocks(markdown, 'marked')
    .flatMap(({ block, visible, constructs }) =>
      block.kind === 'html' ? htmlImages(block, visible.from) : inlineImages(block, constructs),
    )
    .filter(({ syntax, target }) => syntax === 'wiki' || isImageTarget(target));
}
