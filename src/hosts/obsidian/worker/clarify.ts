import type { FittedImage } from '../../../core/ports.ts';
import { imagePixels } from './image-pixels.ts';

/** The fraction of all pixels that becomes black, and the fraction that becomes white. */
const DARKEST = 0.02;
const BRIGHTEST = 0.02;

/** A photo of text prepared for OCR: grayscale, enlarged by `scale`, full contrast. @returns a PNG */
export async function clarify(image: FittedImage, scale: number): Promise<Uint8Array> {
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const pixels = await imagePixels(image, size);
  stretch(pixels.data);
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

/**
 * Converts to grayscale by perceived brightness (https://www.itu.int/rec/R-REC-BT.709) and stretches the contrast.
 */
function stretch(rgba: Uint8ClampedArray): void {
  const counts = new Uint32Array(256);
  for (let at = 0; at < rgba.length; at += 4) {
    const gray = Math.round(
      0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0),
    );
    rgba[at] = gray;
    counts[gray] = (counts[gray] ?? 0) + 1;
  }
  const total = rgba.length / 4;
  const black = percentile(counts, total * DARKEST);
  const white = percentile(counts, total * (1 - BRIGHTEST));
  const factor = white > black ? 255 / (white - black) : 1;
  for (let at = 0; at < rgba.length; at += 4) rgba.fill(((rgba[at] ?? 0) - black) * factor, at, at + 3);
}

/** The lowest gray level that at least this many pixels do not exceed. */
function percentile(counts: Uint32Array, pixels: number): number {
  let seen = 0;
  for (const [gray, count] of counts.entries()) {
    seen += count;
    if (seen >= pixels) return gray;
  }
  return counts.length - 1;
}
