import { shortHash } from '../text/short-hash.ts';
import { shortDataUrl } from './data-url.ts';

/** The note path, the short label of the image, and the hash of its URI. */
const SOURCE = /^(.+)#(data:[^#]*), [0-9a-f]{8}$/s;

/**
 * Returns a short identifier for an image embedded as a `data:` URI. It can be shown and stored, and
 * identifies the image in the note.
 * @param note path relative to the vault
 */
export function inlineSource(note: string, url: string): string {
  return `${note}#${shortDataUrl(url)}, ${shortHash(url)}`;
}

/** Returns the source of an image for display: a path, a URL or `data:image/png, 14 kB`. */
export function shownSource(source: string): string {
  return SOURCE.exec(source)?.[2] ?? source;
}

/** Returns the target of an embed for display. */
export function shownTarget(target: string): string {
  return /^data:/i.test(target) ? shortDataUrl(target) : target;
}

/** Returns the last segment of a path or URL, or the short label of an inline image. */
export function imageName(source: string): string {
  return SOURCE.exec(source)?.[2] ?? source.slice(source.lastIndexOf('/') + 1);
}

/** Returns the note that contains an inline image, or null if the source is a path or URL. */
export function noteOfInline(source: string): string | null {
  return SOURCE.exec(source)?.[1] ?? null;
}
