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

/** Fewer letters say nothing: a title of one word is in any language of its script. */
const LEAST_LETTERS = 30;
/** One letter in so many may be foreign: names have them. */
const FOREIGN_SHARE = 50;
/** One letter in so many has to be a mark of the language. */
const MARK_SHARE = 40;
/** How far the best language has to be ahead of the next, as a share of its score. Measured in decision 0030. */
const LEAST_LEAD = 0.05;
/** Later text says nothing new: the first UTF-16 units that are looked at. */
const LOOKED_AT = 5000;

/**
 * @returns the code of the language a text is written in, or null where that is not sure: ISO 639-1, but `zh-Hant` for
 * traditional Chinese and `ckb` for Central Kurdish. Most scripts tell it by themselves; the languages of Latin, Cyrillic,
 * Arabic and Devanagari letters are told apart by letters of their own, then by n-grams, then by common words.
 */
export function detectLanguage(text: string): string | null {
  const start = text.slice(0, LOOKED_AT).normalize('NFC').toLowerCase();
  const script = mainScript(start);
  if (script === null) return null;
  if (script.language !== null) return script.language;
  if (script.name === 'Han') return hanLanguage(start);
  return markedLanguage(start, script) ?? likeliest(start, script);
}

/** The language that alone has some letters, where they are frequent in the text. */
function markedLanguage(text: string, { name, letters }: Script): string | null {
  const found = MARKED[name]?.find(
    ({ marks, needed }) => count(text, marks) * MARK_SHARE >= letters && needed?.test(text) !== false,
  );
  return found?.language ?? null;
}

function likeliest(text: string, { name, letters, languages }: Script): string | null {
  const possible = languages.filter((language) => isPossible(language, text, letters));
  // Russian is by far the most written of them: a word or two may be taken for it.
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

/** For two standards that the n-grams know as one language: the one that more people write. */
const COMMONER: Readonly<Record<string, string>> = { no: 'nb', ms: 'id' };

/** @returns the one of a language's close relatives whose own words are the most, or null where none is */
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

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;
