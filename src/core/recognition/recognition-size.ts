import { withinEdge } from '../image/within-edge.ts';
import type { PixelSize } from '../ports.ts';

/** The long edge, in pixels, from which more pixels cost time and show an expert no more. */
const LONG_EDGE = 2400;

/** From the upright size of an image to the size in which experts look at it, in pixels. */
export function recognitionSize(size: PixelSize): PixelSize {
  return withinEdge(size, LONG_EDGE);
}
