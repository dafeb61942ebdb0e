/** A place in an answer that names images: `[2]`, `[1, 3]`, `[2-4]`. UTF-16 offsets; `to` is exclusive. */
export interface ImageReference {
  readonly from: number;
  readonly to: number;
  /** Numbers of images, each once, in the order in which they are named. */
  readonly images: readonly number[];
}

/** Not before `(` or `[`, which would make it a link of Markdown, and not as the alt text of an image. */
const REFERENCE = /(?<![!\]\\])\[(\s*\d{1,4}\s*(?:[,;–—-]\s*\d{1,4}\s*){0,50})\](?![([])/g;

/** More in a row are no range that somebody means. */
const MAX_RANGE = 50;

/**
 * Finds where a text names images. A place that names one there is not is none.
 * @param text words of an answer, without its code
 * @param count how many images there are
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
