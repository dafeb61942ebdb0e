import { scoreLanguages } from './ngram-language.ts';
import {
  FOREIGN,
  hanLanguage,
  mainScript,
  MARKED,
  NEEDED,
  RELATIVES,
  type Script,
} from './script-language.ts';

/** Minimum number of letters. A shorter title could be in any language of its script. */
const LEAST_LETTERS = 30;
/** One in this many letters may be foreign, because of names. */
const FOREIGN_SHARE = 50;
/** One in this many letters must be a mark of the language. */
const MARK_SHARE = 40;
/** Minimum lead of the best language over the next, as a share of its score. Measured in decision 0030. */
const LEAST_LEAD = 0.05;
/** Number of UTF-16 units to read. Later text does not improve the result. */
const LOOKED_AT = 5000;

/**
 * @returns the code of the language of a text, or null if uncertain: ISO 639-1, but `zh-Hant` for traditional
 * Chinese and `ckb` for Central Kurdish. Most scripts identify the language. Languages in Latin, Cyrillic,
 * Arabic and Devanagari letters are distinguished by unique letters, then by n-grams, then by common words.
 */
export function detectLanguage(text: string): string | null {
  const start = text.slice(0, LOOKED_AT).normalize('NFC').toLowerCase();
  const script = mainScript(start);
  if (script === null) return null;
  if (script.language !== null) return script.language;
  if (script.name === 'Han') return hanLanguage(start);
  return markedLanguage(start, script) ?? likeliest(start, script);
}

/** Returns the language with unique letters that are frequent in the text. */
function markedLanguage(text: string, { name, letters }: Script): string | null {
  const found = MARKED[name]?.find(
    ({ marks, needed }) => count(text, marks) * MARK_SHARE >= letters && needed?.test(text) !== false,
  );
  return found?.language ?? null;
}

function likeliest(text: string, { name, letters, languages }: Script): string | null {
  const possible = languages.filter((language) => isPossible(language, text, letters));
  // Russian is by far the most common language in this script, so one or two words are enough for it.
  if (letters < LEAST_LETTERS) return name === 'Cyrillic' && possible.includes('ru') ? 'ru' : null;
  const [first, second] = scoreLanguages(text).filter(({ language }) => possible.includes(language));
  if (first === undefined) return null;
  const isAhead = second === undefined || 1 - second.score / first.score >= LEAST_LEAD;
  const related = amongRelatives(text, first.language);
  if (related !== null) return related;
  return isAhead ? (COMMONER[first.language] ?? first.language) : null;
}

function isPossible(language: string, text: string, letters: number): boolean {
  const foreign = FOREIGN[language];
  if (foreign !== undefined && count(text, foreign) * FOREIGN_SHARE > letters) return false;
  return NEEDED[language]?.test(text) !== false;
}

/** The more common standard of each pair that the n-grams don't distinguish. */
const COMMONER: Readonly<Record<string, string>> = { no: 'nb', ms: 'id' };

/** @returns the related language with the most unique words in the text, or null if there are none */
function amongRelatives(text: string, language: string): string | null {
  const named = language === 'no' ? 'nb' : language;
  const family = RELATIVES.find((relatives) => named in relatives);
  if (family === undefined) return null;
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const [first, second] = Object.entries(family)
    .map(([each, own]) => ({ each, found: words.filter((word) => own.has(word)).length }))
    .sort((one, other) => other.found - one.found);
  return first === undefined || first.found === second?.found ? null : first.each;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
