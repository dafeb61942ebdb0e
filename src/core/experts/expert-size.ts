import type { PixelSize } from '../ports.ts';

/** The long edge, in pixels, from which more pixels cost time and show an expert no more. */
const LONG_EDGE = 2400;

/** From the upright size of an image to the size in which experts look at it, in pixels. */
export function expertSize({ width, height }: PixelSize): PixelSize {
  const scale = Math.min(1, LONG_EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
