import type { Editor } from 'obsidian';
import { imageAt } from '../../../core/note/image-at.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';

/** The image embed at the cursor, or the only one on its line; null if there is none. */
export function embedAtCursor(editor: Editor): ImageEmbed | null {
  return imageAt(editor.getValue(), editor.posToOffset(editor.getCursor()));
}
