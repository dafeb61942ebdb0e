import { withinEdge } from '../core/image/within-edge.ts';
import type { PixelSize } from '../core/ports.ts';

/** The models take 256 to 512 pixels; the face mesh crops faces from the full input. */
const LONG_EDGE = 1280;

/** From the size of an image to the size used for detection, in pixels. */
export function objectInputSize(size: PixelSize): PixelSize {
  return withinEdge(size, LONG_EDGE);
}
