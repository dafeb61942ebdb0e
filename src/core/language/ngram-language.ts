import { NGRAM_BYTES, NGRAM_LANGUAGES, NGRAMS, SCORE } from './language-data.ts';

/** Number of UTF-16 units that are scored. Longer texts do not improve the result. */
const SCORED = 2000;
/** Maximum number of bytes of a word that are scored. */
const MAX_WORD = 70;
/** An n-gram is four bytes of UTF-8; n-grams start every three bytes. */
const LENGTH = 4;
const STRIDE = 3;

/** How well a text matches a language. */
export interface LanguageScore {
  readonly language: string;
  readonly score: number;
}

let table: Map<string, string> | null = null;

/**
 * Scores a text by the n-grams of its words like the package eld
 * (https://github.com/nitotm/efficient-language-detector-js): each distinct n-gram adds to the languages that
 * contain it, by how typical it is of each.
 * @returns the languages with a score, best first
 */
export function scoreLanguages(text: string): LanguageScore[] {
  table ??= new Map(
    NGRAMS.split('\n').map((row) => [row.slice(0, row.indexOf('\t')), row.slice(row.indexOf('\t') + 1)]),
  );
  const sums = new Map<string, number>();
  for (const ngram of ngramsOf(text)) {
    const scores = table.get(ngram) ?? '';
    for (let at = 0; at < scores.length; at += 2) {
      const language = NGRAM_LANGUAGES[scores.charAt(at)] ?? '';
      const score = SCORE.base + (scores.charCodeAt(at + 1) - SCORE.first) * SCORE.step;
      sums.set(language, (sums.get(language) ?? 0) + score);
    }
  }
  return [...sums]
    .map(([language, score]) => ({ language, score }))
    .sort((one, other) => other.score - one.score);
}

function ngramsOf(text: string): Set<string> {
  const ngrams = new Set<string>();
  for (const [word] of text
    .slice(0, SCORED)
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}'`’]+/gu)) {
    const bytes = bytesOf(word);
    const length = Math.min(bytes.length, MAX_WORD);
    let at = 0;
    for (; at + LENGTH < length; at += STRIDE) {
      ngrams.add((at === 0 ? ' ' : '') + bytes.slice(at, at + LENGTH));
    }
    ngrams.add(`${at === 0 ? ' ' : ''}${bytes.slice(length === 3 ? 0 : Math.max(0, length - LENGTH))} `);
  }
  return ngrams;
}

const encoder = new TextEncoder();

function bytesOf(word: string): string {
  let bytes = '';
  for (const byte of encoder.encode(word)) {
    bytes += byte < 128 ? String.fromCharCode(byte) : NGRAM_BYTES.charAt(byte - 128);
  }
  return bytes;
}
