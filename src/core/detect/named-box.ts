import type { PixelRegion } from '../ports.ts';

/** An object in an image with its box. */
export interface NamedBox {
  /** A few words on one line. */
  readonly name: string;
  /** In whole pixels of the upright image, within it. */
  readonly part: PixelRegion;
}

/** A longer list is of no use. */
const MAX_BOXES = 50;
/** Two boxes with the same name are one object if they share more than this part of their combined area. */
const MIN_OVERLAP = 0.85;

/** The first boxes, without duplicates. */
export function distinctBoxes(boxes: Iterable<NamedBox>): NamedBox[] {
  const kept: NamedBox[] = [];
  for (const box of boxes) {
    if (kept.length === MAX_BOXES) break;
    const name = box.name.toLowerCase();
    if (
      !kept.some((other) => other.name.toLowerCase() === name && overlap(other.part, box.part) > MIN_OVERLAP)
    )
      kept.push(box);
  }
  return kept;
}

/** The intersection of two boxes divided by their union. */
function overlap(a: PixelRegion, b: PixelRegion): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(0, width) * Math.max(0, height);
  return both / (a.width * a.height + b.width * b.height - both);
}
