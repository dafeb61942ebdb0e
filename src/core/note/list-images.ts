import { yamlProperty } from '../markdown/frontmatter.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';
import type { ResolvedImage, VaultIndex } from './resolve-image.ts';
import { resolveImage } from './resolve-image.ts';
import { createSuppression } from './suppression.ts';

/** An image embedded in a note, with the file it refers to and the state of its alt text. */
export interface ListedImage {
  readonly embed: ImageEmbed;
  readonly image: ResolvedImage;
  /**
   * Why the image needs alt text, or null if it does not or a comment suppresses it. `recognised`: written from offline recognition
   * without a vision model. `overview`: written from an image too small to show its fine print.
   */
  readonly altProblem: 'missing' | 'useless' | 'recognised' | 'overview' | null;
  /** Whether a comment excludes the image from checks and batches; see `createSuppression`. */
  readonly suppressed: boolean;
}

/** Lists the images embedded in a note in document order. */
export function listImages(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  return listEmbeds(note, markdown, index).filter(isImage);
}

/** Like `listImages`, but includes embeds of notes, which only the vault index can tell from images. */
export function listEmbeds(note: string, markdown: string, index: VaultIndex): ListedImage[] {
  const resolve = createImageResolver(note, markdown, index);
  const isSuppressed = createSuppression(markdown);
  return findImages(markdown).map((embed) => {
    const suppressed = isSuppressed(embed);
    return {
      embed,
      image: resolve(embed),
      altProblem: suppressed ? null : needsAltText(embed),
      suppressed,
    };
  });
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
