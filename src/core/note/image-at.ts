import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';

/**
 * The image embed that a cursor is in or at the edge of; else the only one that begins on its line, or null.
 * @param cursor UTF-16 offset
 */
export function imageAt(markdown: string, cursor: number): ImageEmbed | null {
  const embeds = findImages(markdown);
  const under = embeds.find(({ from, to }) => from <= cursor && cursor <= to);
  if (under) return under;
  const lineStart = markdown.lastIndexOf('\n', cursor - 1) + 1;
  const nextLine = markdown.indexOf('\n', cursor);
  const lineEnd = nextLine === -1 ? markdown.length : nextLine;
  const onLine = embeds.filter(({ from }) => lineStart <= from && from <= lineEnd);
  return onLine.length === 1 ? (onLine[0] ?? null) : null;
}
