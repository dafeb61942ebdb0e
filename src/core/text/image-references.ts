/** A reference to images in an answer: `[2]`, `[1, 3]`, `[2-4]`. UTF-16 offsets; `to` is exclusive. */
export interface ImageReference {
  readonly from: number;
  readonly to: number;
  /** Unique numbers of images in the order of their mention. */
  readonly images: readonly number[];
}

/** Does not match before `(` or `[`, which would form a Markdown link, or as the alt text of an image. */
const REFERENCE = /(?<![!\]\\])\[(\s*\d{1,4}\s*(?:[,;–—-]\s*\d{1,4}\s*){0,50})\](?![([])/g;

/** Longer ranges are not references. */
const MAX_RANGE = 50;

/**
 * Finds the references to images in a text. Ignores references to images that don't exist.
 * @param text text of an answer, without code
 * @param count number of images
 */
export function findReferences(text: string, count: number): ImageReference[] {
  return [...text.matchAll(REFERENCE)].flatMap(({ index, 0: whole, 1: list = '' }) => {
    const images = numbersOf(list);
    const known = images.length > 0 && images.every((image) => image >= 1 && image <= count);
    return known ? [{ from: index, to: index + whole.length, images }] : [];
  });
}

function numbersOf(list: string): number[] {
  const images = new Set<number>();
  for (const part of list.split(/[,;]/)) {
    const [first = NaN, last = first] = part.split(/[–—-]/).map(Number);
    if (!(last >= first && last - first < MAX_RANGE)) return [];
    for (let image = first; image <= last; image++) images.add(image);
  }
  return [...images];
}
