/** Normalizes texts for comparison: words on one line, without bullets. */
const normal = (text: string): string =>
  text
    .replace(/[•●▪·*«»®°]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The number of characters to insert, delete or replace to turn one text into the other (Levenshtein distance). */
export function characterErrors(read: string, truth: string): number {
  const from = Array.from(normal(read));
  const to = Array.from(normal(truth));
  let row = to.map((_, index) => index + 1);
  let first = 0;
  for (const [index, character] of from.entries()) {
    const next: number[] = [];
    let left = index + 1;
    let diagonal = first;
    for (const [column, other] of to.entries()) {
      const above = row[column] ?? 0;
      left = Math.min(left + 1, above + 1, diagonal + (character === other ? 0 : 1));
      diagonal = above;
      next.push(left);
    }
    first = index + 1;
    row = next;
  }
  return row.at(-1) ?? from.length;
}

/** The number of expected words that were recognized, in any position. */
export function wordsFound(read: string, truth: string): { readonly found: number; readonly all: number } {
  const left = wordsOf(read);
  const words = wordsOf(truth);
  let found = 0;
  for (const word of words) {
    const at = left.indexOf(word);
    if (at === -1) continue;
    left.splice(at, 1);
    found++;
  }
  return { found, all: words.length };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
