import type { PixelRegion, PixelSize } from '../ports.ts';

/**
 * Scales a region to another size of the image: whole pixels, inside the image, at least one pixel.
 * @param from the size that the region refers to
 * @param to the size to scale to
 */
export function scaleRegion(
  { x, y, width, height }: PixelRegion,
  from: PixelSize,
  to: PixelSize,
): PixelRegion {
  const [left, right] = span(x, width, from.width, to.width);
  const [top, bottom] = span(y, height, from.height, to.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function span(start: number, length: number, from: number, to: number): [number, number] {
  const scaled = (at: number) => Math.round((at / from) * to);
  const first = Math.min(to - 1, Math.max(0, scaled(start)));
  return [first, Math.min(to, Math.max(first + 1, scaled(start + length)))];
}
