import type { FoundImage, ImageIndex } from './image-index.ts';
import type { Meaning } from './meaning.ts';
import { mergeRanks } from './merge-ranks.ts';

/**
 * Finds images by words and, if the query has an embedding, also by meaning.
 * @returns the best first, at most `limit`
 */
export async function searchImages(
  index: ImageIndex,
  meaning: Meaning | null,
  query: string,
  limit: number,
): Promise<FoundImage[]> {
  const byWords = index.find(query, limit);
  const byMeaning = ((await meaning?.rank(query, index.images())) ?? []).map((image) => ({
    ...image,
    score: 0,
    terms: [],
  }));
  return mergeRanks<FoundImage>([byWords, byMeaning], ({ note, from }) => `${from} ${note}`).slice(0, limit);
}
