/** The usual constant: it keeps the first position in one list from outweighing good positions in two. */
const K = 60;

/**
 * Merges ranked lists of the same items by position only (reciprocal rank fusion).
 * @see https://plg.uwaterloo.ca/~gvcormac/cormacksigir09-rrf.pdf
 * @param key identifies an item; of duplicates, the one from the earlier list is kept
 * @returns each item once, best first, with a score that is comparable across merged lists
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
