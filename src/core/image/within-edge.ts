import type { PixelSize } from '../ports.ts';

/** Shrinks a size in whole pixels so that its longer side does not exceed `longEdge`. Never enlarges it. */
export function withinEdge({ width, height }: PixelSize, longEdge: number): PixelSize {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
