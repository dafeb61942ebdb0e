import { withinEdge } from '../core/image/within-edge.ts';
import type { PixelSize } from '../core/ports.ts';

/** The models look at 256 to 512 pixels; the mesh, which checks faces, takes a face from what it is given. */
const LONG_EDGE = 1280;

/** From the size of an image to the size in which things are looked for in it, in pixels. */
export function objectInputSize(size: PixelSize): PixelSize {
  return withinEdge(size, LONG_EDGE);
}
