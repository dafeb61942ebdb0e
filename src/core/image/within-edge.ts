import type { PixelSize } from '../ports.ts';

/** A size of the same shape, in whole pixels, whose long edge is no longer than so many; never a larger one. */
export function withinEdge({ width, height }: PixelSize, longEdge: number): PixelSize {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
