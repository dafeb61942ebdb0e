import type { ResolvedImage } from './resolve-image.ts';

/**
 * Returns the source to read an image from: a path in the vault, an inline source (see `inlineSource`) or a
 * URL.
 * @param remote whether remote images may be downloaded
 * @returns null if there is no source to read
 */
export function imageSource(image: ResolvedImage, remote: boolean): string | null {
  if (image.kind === 'file') return image.path;
  if (image.kind === 'data') return image.source;
  if (image.kind !== 'remote' || !remote) return null;
  if (image.url.startsWith('//')) return `https:${image.url}`;
  return /^https?:/i.test(image.url) ? image.url : null;
}
