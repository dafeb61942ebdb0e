import type { PixelRegion, PixelSize } from '../../ports.ts';

/**
 * A region of an image by its edges, in percent of the image. Models don't know the size of an image reliably, and
 * text-only models don't know it at all. Models also get an edge right more often than a width.
 */
export interface ImagePart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The region in pixels of the upright image: whole pixels, at least one. */
export function partInPixels({ left, top, right, bottom }: ImagePart, size: PixelSize): PixelRegion {
  const x = Math.min(size.width - 1, Math.floor((left / 100) * size.width));
  const y = Math.min(size.height - 1, Math.floor((top / 100) * size.height));
  return {
    x,
    y,
    width: Math.max(1, Math.min(size.width, Math.ceil((right / 100) * size.width)) - x),
    height: Math.max(1, Math.min(size.height, Math.ceil((bottom / 100) * size.height)) - y),
  };
}

/** A rectangle in pixels as a region of its image, in whole percent. */
export function partOfPixels({ x, y, width, height }: PixelRegion, size: PixelSize): ImagePart {
  const percent = (pixels: number, of: number) => Math.max(0, Math.min(100, Math.round((pixels / of) * 100)));
  return {
    left: percent(x, size.width),
    top: percent(y, size.height),
    right: percent(x + width, size.width),
    bottom: percent(y + height, size.height),
  };
}
