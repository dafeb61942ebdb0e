import type { ResolvedImage } from './resolve-image.ts';

/**
 * What to read for an image: a path of the vault, what stands for one (`inlineSource`), or an address on the web.
 * @param remote whether images on the web are fetched
 * @returns null where there is nothing to read
 */
export function imageSource(image: ResolvedImage, remote: boolean): string | null {
  if (image.kind === 'file') return image.path;
  if (image.kind === 'data') return image.source;
  if (image.kind !== 'remote' || !remote) return null;
  if (image.url.startsWith('//')) return `https:${image.url}`;
  return /^https?:/i.test(image.url) ? image.url : null;
}
