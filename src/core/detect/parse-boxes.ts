import * as z from 'zod/mini';

import { scaleRegion } from '../image/scale-region.ts';
import type { Pointing } from '../model/families/pointing.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';
import { oneLine } from '../text/one-line.ts';
import { shorten } from '../text/shorten.ts';
import { distinctBoxes, type NamedBox } from './named-box.ts';

/** UTF-16 units to read of a name and of an answer. */
const MAX_NAME = 60;
const MAX_READ = 100_000;
/** A coordinate outside the image by up to this share of its side is clamped; a larger one is an error. */
const TOLERANCE = 0.05;

/** A JSON object without nested objects, whatever surrounds it: text, fences, or an object without an end. */
const FLAT_OBJECT = /\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/gs;

const corners = z.array(z.number()).check(z.length(4));
const Found = z.object({
  bbox_2d: z.optional(corners),
  box_2d: z.optional(corners),
  label: z.string(),
});

/**
 * Reads the boxes in a model's answer. Invalid boxes are dropped, and an answer that was cut off keeps its complete
 * boxes.
 * @param sent the size of the image as it was sent
 * @param source the upright size of the image
 * @returns boxes in pixels of the upright image, in the model's order; null if the text is not an answer
 */
export function parseBoxes(
  raw: string,
  pointing: Pointing,
  sent: PixelSize,
  source: PixelSize,
): NamedBox[] | null {
  const answer = raw.slice(0, MAX_READ);
  const objects = answer.match(FLAT_OBJECT) ?? [];
  const found = distinctBoxes(objects.flatMap((object) => boxOf(object, pointing, sent, source)));
  // An empty list is an answer, too.
  return found.length > 0 || /^[^{]*\[\s*\]/.test(answer) ? found : null;
}

function boxOf(object: string, pointing: Pointing, sent: PixelSize, source: PixelSize): NamedBox[] {
  const { success, data } = Found.safeParse(tryParse(object));
  // Without an enforced schema, a model may use the other key.
  const box = success ? (data.bbox_2d ?? data.box_2d) : undefined;
  if (!success || box === undefined) return [];
  const name = shorten(oneLine(data.label), MAX_NAME);
  const range = pointing.unit === 'pixels' ? sent : { width: 1000, height: 1000 };
  const part = within(box, pointing.yFirst, range);
  return name === '' || part === null ? [] : [{ name, part: scaleRegion(part, range, source) }];
}

/** The region between two corners; null if they span none. */
function within(box: readonly number[], yFirst: boolean, { width, height }: PixelSize): PixelRegion | null {
  const [a = 0, b = 0, c = 0, d = 0] = box;
  const xs = span(yFirst ? [b, d] : [a, c], width);
  const ys = span(yFirst ? [a, c] : [b, d], height);
  if (xs === null || ys === null) return null;
  return { x: xs[0], y: ys[0], width: xs[1] - xs[0], height: ys[1] - ys[0] };
}

function span([a, b]: readonly [number, number], range: number): [number, number] | null {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  if (from < -TOLERANCE * range || to > (1 + TOLERANCE) * range) return null;
  const inside: [number, number] = [Math.max(0, from), Math.min(range, to)];
  return inside[1] > inside[0] ? inside : null;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
