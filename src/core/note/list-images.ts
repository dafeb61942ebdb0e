import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';
import { resolveImage } from './resolve-image.ts';
import type { ResolvedImage, VaultIndex } from './resolve-image.ts';

/** An image embedded in a note, with the file it means and whether it lacks words. */
export interface ListedImage {
  readonly embed: ImageEmbed;
  readonly image: ResolvedImage;
  /**
   * What is wrong with its alt text, or null where nothing is; `recognised` was written without seeing the image,
   * `overview` seeing it too small for its fine print.
   */
  readonly lack: 'missing' | 'useless' | 'recognised' | 'overview' | null;
}

/** Every image embedded in a note, in their order. */
export function listImages(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  return findImages(markdown).map((embed) => ({
    embed,
    image: resolveImage(embed.target, embed.syntax, note, index),
    lack: needsAltText(embed),
  }));
}
