import type { PixelSize } from '../ports.ts';

/** Sizes are computed by ratios: an edge may come out broken, or as 0 for a very long image. */
export function wholePixels({ width, height }: PixelSize): PixelSize {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
