import type { PixelSize } from '../ports.ts';
import { wholePixels } from './whole-pixels.ts';

/** The pixels along the long edge of a drawing, which has none of its own: enough for its small print. */
const EDGE = { least: 2048, most: 4096 } as const;

/** @returns the size to take a drawing (SVG) for, however small or large it calls itself */
export function drawingSize({ width, height }: PixelSize): PixelSize {
  const edge = Math.max(width, height);
  const scale = Math.min(Math.max(edge, EDGE.least), EDGE.most) / edge;
  return wholePixels({ width: width * scale, height: height * scale });
}
