/** The usual constant: it keeps the first place of one list from outweighing good places in two. */
const K = 60;

/**
 * Merges lists of the same things, each with the best first, by their places only (reciprocal rank fusion).
 * @see https://plg.uwaterloo.ca/~gvcormac/cormacksigir09-rrf.pdf
 * @param key what two items have in common that are the same thing; the one of the earlier list is kept
 * @returns each once, the best first, with a score that is comparable with that of any other merged list
 */
export function mergeRanks<T extends { readonly score: number }>(
  lists: readonly (readonly T[])[],
  key: (item: T) => string,
): T[] {
  const merged = new Map<string, T>();
  for (const list of lists) {
    for (const [place, item] of list.entries()) {
      const before = merged.get(key(item));
      const score = (before?.score ?? 0) + 1 / (K + place + 1);
      merged.set(key(item), { ...(before ?? item), score });
    }
  }
  return [...merged.values()].sort((a, b) => b.score - a.score);
}
