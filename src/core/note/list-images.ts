import { yamlProperty } from '../markdown/frontmatter.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';
import type { ResolvedImage, VaultIndex } from './resolve-image.ts';
import { resolveImage } from './resolve-image.ts';

/** An image embedded in a note, with the file it refers to and the state of its alt text. */
export interface ListedImage {
  readonly embed: ImageEmbed;
  readonly image: ResolvedImage;
  /**
   * Why the image needs alt text, or null if it does not. `recognised`: written from offline recognition
   * without a vision model. `overview`: written from an image too small to show its fine print.
   */
  readonly altProblem: 'missing' | 'useless' | 'recognised' | 'overview' | null;
}

/** Lists the images embedded in a note in document order. */
export function listImages(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  return listEmbeds(note, markdown, index).filter(isImage);
}

/** Like `listImages`, but includes embeds of notes, which only the vault index can tell from images. */
export function listEmbeds(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  const resolve = createImageResolver(note, markdown, index);
  return findImages(markdown).map((embed) => ({
    embed,
    image: resolve(embed),
    altProblem: needsAltText(embed),
  }));
}

export function isImage({ image }: Pick<ListedImage, 'image'>): boolean {
  return image.kind !== 'note';
}

/**
 * Returns a function that resolves the embeds of a note to files.
 * @see https://support.typora.io/Images/ for `typora-root-url`
 */
export function createImageResolver(
  note: string,
  markdown: string,
  index: VaultIndex,
): (embed: ImageEmbed) => ResolvedImage {
  const rootUrl = yamlProperty(markdown, 'typora-root-url');
  return (embed) => resolveImage(embed, note, index, rootUrl);
}
