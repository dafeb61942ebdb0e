/** Letters and digits of every script, with the combining accents that follow them. */
export const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Runs of a script that doesn't separate words by spaces. */
const UNSPACED =
  /(?:[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{sc=Tibt}]\p{M}*)+/gu;
const HAS_UNSPACED = new RegExp(UNSPACED.source, 'u');
const ALL_UNSPACED = new RegExp(`^${UNSPACED.source}$`, 'u');
const CHARACTER = /\P{M}\p{M}*/gu;
/** Most words of most vaults. They need only lower case, which makes indexing several times as fast. */
const PLAIN = /^[a-z\d]+$/i;

/** Whether a word is in a script in which one or two characters may be a whole word. */
export const isUnspaced = (term: string): boolean => ALL_UNSPACED.test(term);

/**
 * The terms of a searchable text: its words and, in scripts without spaces, each pair of adjacent characters. The
 * last character of a run is also a term, so that each character begins some term.
 */
export function words(text: string): string[] {
  return splitWords(text, (run) => run.map((character, at) => character + (run[at + 1] ?? '')));
}

/** The terms of a query. Each is a term, or the beginning of a term, of the texts that it matches. */
export function queryWords(query: string): string[] {
  return splitWords(query, (run) =>
    run.length === 1 ? [...run] : run.slice(0, -1).map((character, at) => character + (run[at + 1] ?? '')),
  );
}

function splitWords(text: string, pairs: (run: readonly string[]) => string[]): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => {
    if (PLAIN.test(word) || !HAS_UNSPACED.test(word)) return [word];
    const spaced = word.split(HAS_UNSPACED).filter((part) => part !== '');
    const runs = word.match(UNSPACED) ?? [];
    return [...spaced, ...runs.flatMap((run) => pairs(run.match(CHARACTER) ?? []))];
  });
}

/** Variant letters that Unicode doesn't decompose. */
const SAME: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ـ: '',
};
const SAME_LETTERS = new RegExp(`[${Object.keys(SAME).join('')}]`, 'gu');

/** The form of a word for comparison: folds case, accents, ё, ß, and Unicode variants. */
export function foldWord(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SAME_LETTERS, (letter) => SAME[letter] ?? letter);
}
