import { htmlImages } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { isImageTarget } from './image-target.ts';
import { inlineImages } from './inline-images.ts';
import { readBlocks } from './read-blocks.ts';

/**
 * Finds every image embedded in a note: CommonMark with GFM's tables and footnotes, Obsidian's embeds and raw
 * HTML; nothing inside code, comments, frontmatter, math or escapes. An image in the alt text of another is
 * part of that text. The cost is linear in the length of the note.
 * @param markdown the whole note; a BOM counts as part of it
 * @returns the embeds in document order; they don't overlap
 */
export function findImages(markdown: string): ImageEmbed[] {
  if (!markdown.includes('![') && !/<img/i.test(markdown)) return [];
  return readBlocks(markdown, 'marked')
    .flatMap(({ block, visible, constructs }) =>
      block.kind === 'html' ? htmlImages(block, visible.from) : inlineImages(block, constructs),
    )
    .filter(({ syntax, target }) => syntax === 'wiki' || isImageTarget(target));
}
