import { NotesightError } from '../errors.ts';
import type { PixelSize } from '../ports.ts';
import { MAX_IMAGE_PIXELS } from './limits.ts';

/** Call this before an image is decoded. @throws NotesightError `image_too_large` */
export function checkPixels({ width, height }: PixelSize): void {
  if (width * height <= MAX_IMAGE_PIXELS) return;
  throw new NotesightError('image_too_large', `${width} × ${height} pixels are too many`, {
    data: { width, height, maxPixels: MAX_IMAGE_PIXELS },
  });
}
