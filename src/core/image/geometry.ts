import { NotesightError } from '../errors.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';

/** Clips a region to an image, in whole pixels. @throws NotesightError `region_outside` if they don't overlap */
export function clipRegion(region: PixelRegion, image: PixelSize): PixelRegion {
  const x = Math.max(0, Math.floor(region.x));
  const y = Math.max(0, Math.floor(region.y));
  const width = Math.min(image.width, Math.ceil(region.x + region.width)) - x;
  const height = Math.min(image.height, Math.ceil(region.y + region.height)) - y;
  // Also true if a coordinate is NaN.
  if (!(width >= 1 && height >= 1))
    throw new NotesightError('region_outside', 'the region is not in the image');
  return { x, y, width, height };
}
