import type { PixelSize } from '../ports.ts';

/** Rounds a computed size to whole pixels, at least 1 on each side. */
export function wholePixels({ width, height }: PixelSize): PixelSize {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
