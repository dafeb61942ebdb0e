import { NotesightError } from '../errors.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';
import type { ImageKind } from './image-kind.ts';
import { repairJpeg } from './repair-jpeg.ts';

/** How to find the missing part of a decoded image: by the decoder's fill, or by its share from 0 to 1. */
export type Gap = 'gray' | 'clear' | number;

export interface CutFile {
  /** The bytes for the decoder. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gap: Gap;
}

/**
 * Repairs a truncated file that a decoder rejected, so that the existing part can be shown. PNG and GIF stay
 * unchanged, because decoders have a lenient mode for them.
 */
export function repairCutFile(bytes: Uint8Array<ArrayBuffer>, kind: ImageKind): CutFile | null {
  if (kind === 'webp') return mendWebp(bytes);
  if (kind === 'png' || kind === 'gif') return { bytes, gap: 'clear' };
  const mended = kind === 'jpeg' ? repairJpeg(bytes) : null;
  return mended === null ? null : { bytes: mended, gap: 'gray' };
}

/** Fills the file with zeros up to the length in its header, which decoders accept. */
function mendWebp(bytes: Uint8Array): CutFile | null {
  const declared = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(4, true) + 8;
  const share = 1 - bytes.length / declared;
  if (share <= 0) return null;
  // Zeros decode to smears. Also avoids allocating memory for a file with almost no data.
  checkGap(share);
  const mended = new Uint8Array(declared);
  mended.set(bytes);
  return { bytes: mended, gap: share };
}

/** @throws NotesightError `image_unreadable` if more than half of the image is missing */
export function checkGap(share: number): void {
  if (share <= 0.5) return;
  throw new NotesightError('image_unreadable', 'most of the image is missing', { data: { fault: 'cut' } });
}

/** Returns the share of an image that a part covers, from 0 to 1. */
export function shareOf(part: PixelSize, whole: PixelSize): number {
  return (part.width * part.height) / (whole.width * whole.height);
}

/**
 * Finds the missing part of an image: whole rows at the end of the file, which may be at any edge of the
 * upright image.
 * @param rgba four bytes per pixel, row by row
 * @returns a region without width or height if no whole row is missing
 */
export function missingPart(rgba: ArrayLike<number>, { width, height }: PixelSize, gap: Gap): PixelRegion {
  if (typeof gap === 'number') {
    const missing = Math.round(height * gap);
    return { x: 0, y: height - missing, width, height: missing };
  }
  const isMissing = gap === 'gray' ? isGray : isClear;
  const count = (lines: number, pixels: number, at: (line: number, pixel: number) => number) => {
    for (let line = 0; line < lines; line++) {
      const first = at(line, 0);
      for (let pixel = 0; pixel < pixels; pixel++) if (!isMissing(rgba, at(line, pixel), first)) return line;
    }
    return lines;
  };
  const bottom = count(height, width, (line, pixel) => ((height - 1 - line) * width + pixel) * 4);
  const top = count(height, width, (line, pixel) => (line * width + pixel) * 4);
  const right = count(width, height, (line, pixel) => (pixel * width + width - 1 - line) * 4);
  const left = count(width, height, (line, pixel) => (pixel * width + line) * 4);
  const parts: PixelRegion[] = [
    { x: 0, y: height - bottom, width, height: bottom },
    { x: 0, y: 0, width, height: top },
    { x: width - right, y: 0, width: right, height },
    { x: 0, y: 0, width: left, height },
  ];
  return parts.reduce((most, part) => (shareOf(part, most) > 1 ? part : most));
}

/** Whether a pixel has the fill color: gray 128, possibly shifted by a color profile, and the same everywhere. */
function isGray(rgba: ArrayLike<number>, at: number, first: number): boolean {
  const [red, green, blue] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
  const isMiddle = red >= 96 && red <= 160 && Math.abs(red - green) <= 3 && Math.abs(red - blue) <= 3;
  return isMiddle && red === rgba[first] && green === rgba[first + 1] && blue === rgba[first + 2];
}

function isClear(rgba: ArrayLike<number>, at: number): boolean {
  return rgba[at + 3] === 0;
}
