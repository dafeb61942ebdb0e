import type { PixelRegion, PixelSize } from '../../core/ports.ts';

/** A box that needs a label. */
export interface Labelled {
  readonly box: PixelRegion;
  readonly label: PixelSize;
}

/** Position of a label, in pixels; `isCrowded` if there is no room for it. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly isCrowded: boolean;
}

/** Labels cover at most this fraction of the area, so that the image stays visible. */
const MOST_COVERED = 0.2;

/** Places each label above its box or in a corner of it, within the area. Earlier labels have priority. */
export function placeLabels(labelled: readonly Labelled[], area: PixelSize): LabelPlace[] {
  const taken: PixelRegion[] = [];
  let room = MOST_COVERED * area.width * area.height;
  return labelled.map(({ box, label }) => {
    const top = box.y;
    const bottom = box.y + box.height - label.height;
    const [left, right] = [box.x, box.x + box.width - label.width];
    const places = [
      { x: left, y: top - label.height },
      { x: left, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom + label.height },
    ].map(({ x, y }) => ({
      x: Math.max(0, Math.min(area.width - label.width, x)),
      y: Math.max(0, Math.min(area.height - label.height, y)),
    }));
    const size = label.width * label.height;
    const free =
      size > room
        ? undefined
        : places.find((place) => !taken.some((other) => overlaps({ ...place, ...label }, other)));
    if (free !== undefined) {
      taken.push({ ...free, ...label });
      room -= size;
    }
    const { x, y } = free ?? places[1] ?? { x: 0, y: 0 };
    return { x, y, isCrowded: free === undefined };
  });
}

function overlaps(a: PixelRegion, b: PixelRegion): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
