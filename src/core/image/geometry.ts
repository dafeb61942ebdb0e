import { NotesightError } from '../errors.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';

/**
 * The part of a region that lies in an image, in whole pixels.
 * @throws NotesightError `region_outside` where there is none
 */
export function clipRegion(region: PixelRegion, image: PixelSize): PixelRegion {
  const x = Math.max(0, Math.floor(region.x));
  const y = Math.max(0, Math.floor(region.y));
  const width = Math.min(image.width, Math.ceil(region.x + region.width)) - x;
  const height = Math.min(image.height, Math.ceil(region.y + region.height)) - y;
  // Also where a coordinate is no number.
  if (!(width >= 1 && height >= 1))
    throw new NotesightError('region_outside', 'the region is not in the image');
  return { x, y, width, height };
}
