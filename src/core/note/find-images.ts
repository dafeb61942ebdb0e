import { ClosingMarkers } from './closing-markers.ts';
import { htmlImages } from './html-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { isImageTarget, isWikiImageTarget } from './image-target.ts';
import { inlineImages } from './inline-images.ts';
import { scanInlines } from './inline-scanner.ts';
import { noteBlocks } from './note-blocks.ts';
import { wikiTarget } from './wiki-embed.ts';

/**
 * Finds every image embedded in a note: CommonMark with GFM's tables and footnotes, Obsidian's embeds and raw
 * HTML; nothing inside code, comments, frontmatter, math or escapes. An image in the alt text of another is
 * part of that text. The cost is linear in the length of the note.
 * @param markdown the whole note; a BOM counts as part of it
 * @returns the embeds in document order; they don't overlap
 */
export function findImages(markdown: string): ImageEmbed[] {
  if (!markdown.includes('![') && !/<img/i.test(markdown)) return [];
  // A lone carriage return ends a line too; as a line feed it keeps all offsets.
  const note = markdown.replace(/\r(?!\n)/g, '\n');
  const { blocks, definitions } = noteBlocks(note);
  const closing = new ClosingMarkers(blocks);

  const found: ImageEmbed[] = [];
  let hiddenTo = 0;
  for (const [index, block] of blocks.entries()) {
    const start = Math.max(0, hiddenTo - block.from);
    if (start >= block.text.length) continue;
    if (block.kind === 'html') {
      for (const embed of htmlImages(block, start)) found.push(embed);
      continue;
    }
    const scan = scanInlines(block.text, start, {
      definitions,
      isWikiImage: (content) => isWikiImageTarget(wikiTarget(content)),
      endsLater: (marker) => block.kind === 'paragraph' && closing.after(index, marker) !== null,
    });
    for (const embed of inlineImages(block, scan.constructs)) found.push(embed);
    if (scan.open !== null) hiddenTo = closing.after(index, scan.open) ?? hiddenTo;
  }
  return found.filter(({ syntax, target }) => syntax === 'wiki' || isImageTarget(target));
}
