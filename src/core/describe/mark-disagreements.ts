/** More are unlikely to be useful. */
const MAX_DISAGREEMENTS = 5;
const MAX_LENGTH = 300;

const ENGLISH = 'The models disagree:';
const MARKS = new Map([
  ['ru', 'Модели расходятся:'],
  ['de', 'Die Modelle sind sich uneins:'],
]);

/**
 * A description that states what two models disagree on.
 * @param disagreements one sentence each
 * @param language ISO 639-1 code of the description's language; the heading is English if it has no translation
 */
export function markDisagreements(
  description: string,
  disagreements: readonly string[],
  language: string,
): string {
  const sentences = disagreements
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH))
    .filter((sentence) => sentence !== '')
    .slice(0, MAX_DISAGREEMENTS);
  if (sentences.length === 0) return description;
  return `${description} ${MARKS.get(language) ?? ENGLISH} ${sentences.join(' ')}`.trim();
}
