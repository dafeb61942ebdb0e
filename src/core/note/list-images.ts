import { yamlProperty } from '../markdown/frontmatter.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';
import type { ResolvedImage, VaultIndex } from './resolve-image.ts';
import { resolveImage } from './resolve-image.ts';

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
  return listEmbeds(note, markdown, index).filter(isImage);
}

/** What `findImages` finds in a note, the embeds of notes among them, which only the vault tells from images. */
export function listEmbeds(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  const resolve = createImageResolver(note, markdown, index);
  return findImages(markdown).map((embed) => ({ embed, image: resolve(embed), lack: needsAltText(embed) }));
}

export function isImage({ image }: Pick<ListedImage, 'image'>): boolean {
  return image.kind !== 'note';
}

/**
 * What tells which files the embeds of a note mean.
 * @see https://support.typora.io/Images/ for `typora-root-url`
 */
export function createImageResolver(
  note: string,
  markdown: string,
  index: VaultIndex,
): (embed: ImageEmbed) => ResolvedImage {
  const rootUrl = yamlProperty(markdown, 'typora-root-url');
  return ({ target, syntax }) => resolveImage(target, syntax, note, index, rootUrl);
}
