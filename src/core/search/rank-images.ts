import MiniSearch from 'minisearch';
import { foldWord, isUnspaced, queryWords, words } from './search-terms.ts';

/** Shorter words say little: articles, prepositions, question words. */
const MIN_WORD = 3;

/**
 * Ranks the few images of a note for a question in natural language. Words match in every inflected form, and rare
 * words count more than words of many images.
 * @returns the IDs of the relevant images, best first
 */
export function rankImages(
  question: string,
  documents: readonly { readonly id: string; readonly text: string }[],
): string[] {
  const index = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: words,
    processTerm: foldWord,
  });
  index.addAll(documents);
  const stems = queryWords(question.slice(0, MAX_QUESTION))
    .map(foldWord)
    .filter((word) => word.length >= MIN_WORD || /\d/.test(word) || isUnspaced(word))
    .map(stem);
  return index
    .search(stems.join(' '), {
      prefix: true,
      tokenize: (query) => query.split(' '),
      processTerm: (term) => term,
    })
    .map(({ id }: { id: string }) => id);
}

/** UTF-16 units. */
const MAX_QUESTION = 2000;

/** Removes endings, which is close enough for all languages with inflection. */
function stem(word: string): string {
  return /\d/.test(word) ? word : word.slice(0, Math.max(4, word.length - 2));
}
