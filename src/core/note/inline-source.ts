import { shortHash } from '../text/short-hash.ts';
import { shortDataUrl } from './data-url.ts';

/** The note, what the image is, and the hash of its URI. */
const SOURCE = /^(.+)#(data:[^#]*), [0-9a-f]{8}$/s;

/**
 * What stands for the path of an image that a note holds itself, as a `data:` URI: short enough to be shown and kept,
 * and enough to find the image again in the note.
 * @param note relative to the vault
 */
export function inlineSource(note: string, url: string): string {
  return `${note}#${shortDataUrl(url)}, ${shortHash(url)}`;
}

/** An image's source as it is shown: a path, an address, or `data:image/png, 14 kB`. */
export function shownSource(source: string): string {
  return SOURCE.exec(source)?.[2] ?? source;
}

/** The target of an embed as it is shown. */
export function shownTarget(target: string): string {
  return /^data:/i.test(target) ? shortDataUrl(target) : target;
}

/** The last part of a path or address, or what stands for an image that a note holds itself. */
export function imageName(source: string): string {
  return SOURCE.exec(source)?.[2] ?? source.slice(source.lastIndexOf('/') + 1);
}

/** The note that holds an image itself; null where the source is a path or an address. */
export function noteOfInline(source: string): string | null {
  return SOURCE.exec(source)?.[1] ?? null;
}
