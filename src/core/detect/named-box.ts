import type { PixelRegion } from '../ports.ts';

/** Something in an image, and where. */
export interface NamedBox {
  /** A few words on one line. */
  readonly name: string;
  /** In whole pixels of the upright image, within it. */
  readonly part: PixelRegion;
}

/** More nobody looks through, and no image that small has places for. */
const MOST = 50;
/** Two boxes of one name are one thing where they share more than this of what they cover together. */
const SAME = 0.85;

/** The first boxes, each thing once. */
export function distinctBoxes(boxes: Iterable<NamedBox>): NamedBox[] {
  const kept: NamedBox[] = [];
  for (const box of boxes) {
    if (kept.length === MOST) break;
    const name = box.name.toLowerCase();
    if (!kept.some((other) => other.name.toLowerCase() === name && overlap(other.part, box.part) > SAME))
      kept.push(box);
  }
  return kept;
}

/** The share of what two boxes cover together that both cover. */
function overlap(a: PixelRegion, b: PixelRegion): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(0, width) * Math.max(0, height);
  return both / (a.width * a.height + b.width * b.height - both);
}
