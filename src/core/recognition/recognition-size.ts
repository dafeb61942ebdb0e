import { withinEdge } from '../image/within-edge.ts';
import type { PixelSize } from '../ports.ts';

/** The longest edge in pixels: more pixels take time without improving the result. */
const LONG_EDGE = 2400;

/** The size in which recognizers get an image, from its upright size, in pixels. */
export function recognitionSize(size: PixelSize): PixelSize {
  return withinEdge(size, LONG_EDGE);
}
