import * as z from 'zod/mini';
import type { ImagePart } from './image-part.ts';

/** UTF-16 units. The limit keeps a query that leaves the machine from containing much of what the model has read. */
export const MAX_QUERY = 200;
const MAX_QUESTION = 500;

/** Small models write numbers as text, and images as the conversation does: `"[2]"`. */
const number = z.pipe(
  z.union([
    z.number(),
    z.string().check(z.maxLength(12), z.regex(/^\s*\[?\s*-?\d+(?:\.\d+)?\s*%?\s*\]?\s*$/)),
  ]),
  z.transform((value) => (typeof value === 'number' ? value : Number(value.replace(/[^\d.-]/g, '')))),
);
const image = z.pipe(
  number,
  z.int('the number of an image, such as 1').check(z.minimum(1, 'the number of an image, such as 1')),
);
const edge = z.optional(
  z.nullable(
    z.pipe(number, z.number().check(z.minimum(0, 'from 0 to 100'), z.maximum(100, 'from 0 to 100'))),
  ),
);
const words = (most: number) => z.string().check(z.trim(), z.maxLength(most, `at most ${most} characters`));
const query = words(MAX_QUERY).check(z.minLength(1, 'some words'));

const part = { left: edge, top: edge, right: edge, bottom: edge };

/** The arguments of each tool, as models write them. */
export const TOOL_SCHEMAS = {
  read_text: z.object({ image, ...part }),
  find_objects: z.object({ image }),
  look: z.object({ image, ...part, question: z.optional(z.nullable(words(MAX_QUESTION))) }),
  search_notes: z.object({ query }),
  web_search: z.object({ query }),
};

/** The edges in a model's arguments. */
export type Edges = { readonly [Edge in keyof ImagePart]?: number | null | undefined };

/**
 * The region for these edges. A missing edge is that of the image; if all are within 1, they are fractions.
 * @returns null for the whole image, or a text that says what is wrong
 */
export function partOf({ left, top, right, bottom }: Edges): ImagePart | null | string {
  const given = [left, top, right, bottom].filter((value) => value !== undefined && value !== null);
  if (given.length === 0) return null;
  const scale = given.every((value) => value <= 1) && given.some((value) => value > 0) ? 100 : 1;
  const of = (value: number | null | undefined, otherwise: number) =>
    value === undefined || value === null ? otherwise : value * scale;
  const found = { left: of(left, 0), top: of(top, 0), right: of(right, 100), bottom: of(bottom, 100) };
  if (found.right <= found.left) return 'right must be greater than left';
  if (found.bottom <= found.top) return 'bottom must be greater than top';
  return found.left <= 0 && found.top <= 0 && found.right >= 100 && found.bottom >= 100 ? null : found;
}
