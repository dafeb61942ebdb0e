import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';

/**
 * Returns the image embed that contains or touches the cursor, or else the only embed that starts on the line
 * of the cursor. Returns null if there is no such embed.
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
