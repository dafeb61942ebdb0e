import { NotesightError } from '../core/errors.ts';
import { checkPixels } from '../core/image/check-pixels.ts';
import type { RawImage } from './raw-image.ts';

/**
 * Decodes BMP files as written by screenshot tools: 24 bits, or 32 bits with the usual masks, stored from the bottom
 * up.
 * @throws NotesightError `image_too_large`; `image_unsupported` for palettes, compression and top-down rows, which
 * the decoder rejects or misinterprets; any decoder error for a broken file
 * @see https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader
 */
export async function decodeBmp(bytes: Uint8Array): Promise<RawImage> {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = header.getInt32(18, true);
  const height = header.getInt32(22, true);
  const bits = header.getUint16(28, true);
  const compression = header.getUint32(30, true);
  checkPixels({ width, height: Math.abs(height) });
  const masks = [0x00ff0000, 0x0000ff00, 0x000000ff];
  const usual =
    (bits === 24 && compression === 0) ||
    (bits === 32 && masks.every((mask, index) => header.getUint32(54 + 4 * index, true) === mask));
  if (!usual || height < 0)
    throw new NotesightError('image_unsupported', `a BMP with ${bits} bits, compression ${compression}`, {
      data: { kind: 'bmp' },
    });

  const { decode } = await import('fast-bmp');
  const { data } = decode(bytes);
  if (!(data instanceof Uint8Array)) throw new Error('a BMP without pixels');
  if (bits === 32) ignoreUnusedAlpha(data);
  return { width, height, data, channels: bits === 24 ? 3 : 4 };
}

/** Many programs leave the fourth byte of each pixel at 0 but intend opaque pixels. */
function ignoreUnusedAlpha(rgba: Uint8Array): void {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0) return;
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
}
