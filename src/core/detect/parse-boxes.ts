import * as z from 'zod/mini';

import { scaleRegion } from '../image/scale-region.ts';
import type { Pointing } from '../model/families/pointing.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';
import { oneLine } from '../text/one-line.ts';
import { shorten } from '../text/shorten.ts';
import { distinctBoxes, type NamedBox } from './named-box.ts';

/** UTF-16 units of a name, and of an answer: what is beyond is not read. */
const MAX_NAME = 60;
const MAX_READ = 100_000;
/** A coordinate may be beyond the image by this share of its side and is put back; one farther out means something else. */
const BEYOND = 0.05;

/** An object of JSON without another in it, whatever stands around it: words, fences, an object without an end. */
const FLAT_OBJECT = /\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/gs;

const corners = z.array(z.number()).check(z.length(4));
const Found = z.object({
  bbox_2d: z.optional(corners),
  box_2d: z.optional(corners),
  label: z.string(),
});

/**
 * Reads where a model says that things are. What makes no sense is left out, and of an answer that was cut all is taken
 * that is whole.
 * @param sent the size in which the image was sent
 * @param source the upright size of the image
 * @returns boxes in pixels of the upright image, in the model's order; null where the answer is none at all
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
  // Nothing found is an answer, too.
  return found.length > 0 || /^[^{]*\[\s*\]/.test(answer) ? found : null;
}

function boxOf(object: string, pointing: Pointing, sent: PixelSize, source: PixelSize): NamedBox[] {
  const { success, data } = Found.safeParse(tryParse(object));
  // A model that nobody held to the schema may take the other word for it.
  const box = success ? (data.bbox_2d ?? data.box_2d) : undefined;
  if (!success || box === undefined) return [];
  const name = shorten(oneLine(data.label), MAX_NAME);
  const range = pointing.unit === 'pixels' ? sent : { width: 1000, height: 1000 };
  const part = within(box, pointing.yFirst, range);
  return name === '' || part === null ? [] : [{ name, part: scaleRegion(part, range, source) }];
}

/** The part of the range that is between two corners; null where there is none. */
function within(box: readonly number[], yFirst: boolean, { width, height }: PixelSize): PixelRegion | null {
  const [a = 0, b = 0, c = 0, d = 0] = box;
  const xs = span(yFirst ? [b, d] : [a, c], width);
  const ys = span(yFirst ? [a, c] : [b, d], height);
  if (xs === null || ys === null) return null;
  return { x: xs[0], y: ys[0], width: xs[1] - xs[0], height: ys[1] - ys[0] };
}

function span([a, b]: readonly [number, number], range: number): [number, number] | null {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  if (from < -BEYOND * range || to > (1 + BEYOND) * range) return null;
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
