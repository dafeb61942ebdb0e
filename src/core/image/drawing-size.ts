import type { PixelSize } from '../ports.ts';
import { wholePixels } from './whole-pixels.ts';

/** Pixels of the longer side of a drawing, enough for small print. A drawing has no pixels of its own. */
const EDGE = { least: 2048, most: 4096 } as const;

/** @returns the size to render a drawing (SVG) in, whatever size it declares */
export function drawingSize({ width, height }: PixelSize): PixelSize {
  const edge = Math.max(width, height);
  const scale = Math.min(Math.max(edge, EDGE.least), EDGE.most) / edge;
  return wholePixels({ width: width * scale, height: height * scale });
}
