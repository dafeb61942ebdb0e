import type { Editor } from 'obsidian';
import { findImages } from '../../core/note/find-images.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';

/** The image embed that the cursor is in or at the edge of; else the only one on the cursor's line, or null. */
export function imageAt(editor: Editor): ImageEmbed | null {
  const cursor = editor.getCursor();
  const at = editor.posToOffset(cursor);
  const embeds = findImages(editor.getValue());
  const under = embeds.find(({ from, to }) => from <= at && at <= to);
  if (under) return under;
  const onLine = embeds.filter(({ from }) => editor.offsetToPos(from).line === cursor.line);
  return onLine.length === 1 ? (onLine[0] ?? null) : null;
}
