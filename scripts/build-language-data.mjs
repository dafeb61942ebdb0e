// Cuts the n-grams of the package `eld` to those that tell most: node scripts/build-language-data.mjs
// The whole database is larger than the plugin for Obsidian may be. Writes src/core/language/language-data.ts.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { dictionary } from '../node_modules/eld/src/dictionary.js';
import { ngramsData } from '../node_modules/eld/src/ngrams/extrasmall.js';

/** Languages that share their script with others; the others are recognized by the script alone. */
const LANGUAGES = (
  'az ca cs da de en es et eu fi fr hr hu is it lt lv ms nl no pl pt ro sk sl sq sv tl tr vi yo ' +
  'be bg ru sr uk ar fa ku ur hi mr'
).split(' ');
/** Measured in docs/decisions/0030-detecting-languages.md: more adds kilobytes, and little else. */
const KEPT_PER_LANGUAGE = 80;
/** Scores are kept as one printable character each. */
const SCORE_STEP = 4;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FIRST_SCORE = ' '.charCodeAt(0) + 1;

/** @returns {string} the content of the generated module */
export async function languageData() {
  const codes = Object.entries(ngramsData.languages);
  const ids = LANGUAGES.map((code) => codes.find(([, each]) => each === code)?.[0]);
  const kept = new Set();
  for (const id of ids) {
    const ranked = Object.entries(ngramsData.ngrams)
      .filter(([, scores]) => scores[id] !== undefined)
      .sort(([, a], [, b]) => b[id] - a[id]);
    for (const [ngram] of ranked.slice(0, KEPT_PER_LANGUAGE)) kept.add(ngram);
  }
  const rows = [...kept].sort().map((ngram) => {
    const scores = ids.flatMap((id, at) => {
      const score = ngramsData.ngrams[ngram][id];
      if (score === undefined) return [];
      return [LETTERS[at] + String.fromCharCode(FIRST_SCORE + Math.round(score / SCORE_STEP))];
    });
    return `${ngram}\t${scores.join('')}`;
  });
  const source = `// Made by scripts/build-language-data.mjs from the package eld (Apache-2.0, Nito T.M.); not to be edited.

/** The languages that have n-grams, by the letter that stands for them. */
export const NGRAM_LANGUAGES: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(LANGUAGES.map((code, at) => [LETTERS[at], code])))};

/** How a byte from 128 on is written in an n-gram. */
export const NGRAM_BYTES = ${JSON.stringify(dictionary.slice(128).join(''))};

/** An n-gram a line; behind a tab, for each language that has it, the language's letter and the score from \`!\` on. */
export const NGRAMS =
  ${JSON.stringify(rows.join('\n'))};

/** What a step of a score is worth, and what every n-gram scores besides. */
export const SCORE = { step: ${SCORE_STEP}, base: 53, first: ${FIRST_SCORE} };
`;
  return prettier.format(source, { parser: 'typescript', singleQuote: true, printWidth: 110 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/core/language/language-data.ts', import.meta.url), await languageData());
}
