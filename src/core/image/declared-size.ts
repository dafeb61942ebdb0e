import type { PixelSize } from '../ports.ts';
import type { ImageKind } from './image-kind.ts';

/**
 * Reads the size in the header of an image, so that one with too many pixels is rejected before a decoder
 * without a limit reads it.
 * @returns the size in pixels, as stored and not upright; null if the header is truncated or does not contain
 * it
 */
export function declaredSize(bytes: Uint8Array, kind: ImageKind): PixelSize | null {
  try {
    return readSize(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), kind);
  } catch (error) {
    // The header is truncated; the decoder will report that.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readSize(view: DataView, kind: ImageKind): PixelSize | null {
  switch (kind) {
    case 'png':
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 'gif':
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'bmp':
      return bmpSize(view);
    case 'webp':
      return webpSize(view);
    case 'jpeg':
      return jpegSize(view);
    case 'avif':
    case 'heic':
      return heifSize(view);
    case 'tiff':
    case 'svg':
    case 'ico':
      return null;
  }
}

/** @see https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader */
function bmpSize(view: DataView): PixelSize {
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  // A negative height means that the rows start at the top.
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** @see https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): PixelSize | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case 0x56503820: // 'VP8 '
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      // 'VP8L'
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // 'VP8X'
      return { width: uint24(24) + 1, height: uint24(27) + 1 };
    default:
      return null;
  }
}

/** Skips markers up to the frame header. */
function jpegSize(view: DataView): PixelSize | null {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // A marker may be preceded by any number of 0xff bytes, and some markers have no data.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xda || marker === 0xd9) return null;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
}

/** Number of bytes to search for boxes in AVIF and HEIC files. Pixels follow after the boxes. */
const HEIF_HEAD = 65_536;
const ISPE = 0x69737065;

/** Returns the largest size in the `ispe` boxes; tiles and thumbnails have their own boxes. */
function heifSize(view: DataView): PixelSize | null {
  let largest: PixelSize | null = null;
  const end = Math.min(view.byteLength, HEIF_HEAD) - 16;
  for (let at = 0; at <= end; at++) {
    if (view.getUint32(at) !== ISPE) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
