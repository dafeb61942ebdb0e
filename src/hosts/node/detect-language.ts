import { detect } from 'tinyld';

/**
 * The languages notes are most often written in. Asked about every language it knows, the detector takes short
 * Russian or German texts for a rarer neighbour.
 */
const LATIN = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'cs', 'sv', 'tr'];
const CYRILLIC = ['ru', 'uk'];
const OTHERS = ['ja', 'zh', 'ko'];

/** Fewer letters say nothing to a detector: a title of one word is in any language of its script. */
const LEAST_LETTERS = 24;

/** @returns the ISO 639-1 code of a text's language, or null where there is too little to tell */
export function detectLanguage(text: string): string | null {
  const letters = count(text, /\p{L}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
  const cyrillic = count(text, /\p{Script=Cyrillic}/gu);
  if (letters === 0) return null;
  // Names and terms in Latin letters stand in every Russian note about technology.
  if (cyrillic * 4 > letters)
    return cyrillic < LEAST_LETTERS ? 'ru' : detect(text, { only: CYRILLIC }) || 'ru';
  if (latin * 2 > letters) return latin < LEAST_LETTERS ? null : detect(text, { only: LATIN }) || null;
  return detect(text, { only: OTHERS }) || null;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
