/** Letters and digits of every script, with the accents that stand behind them. */
export const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Runs of a script that puts no spaces between words. */
const UNSPACED =
  /(?:[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{sc=Tibt}]\p{M}*)+/gu;
const CHARACTER = /\P{M}\p{M}*/gu;

/** Whether a word stands in a script in which one or two characters may be a whole word. */
export const isUnspaced = (term: string): boolean => new RegExp(`^${UNSPACED.source}$`, 'u').test(term);

/**
 * The terms of a text that is searched: its words, and of scripts without spaces each pair of neighboring characters. The
 * last character of a run stands alone as well, so that each is the beginning of some term.
 */
export function words(text: string): string[] {
  return splitWords(text, (run) => run.map((character, at) => character + (run[at + 1] ?? '')));
}

/** The terms of a query, each of which is a term of a text that it fits, or the beginning of one. */
export function queryWords(query: string): string[] {
  return splitWords(query, (run) =>
    run.length === 1 ? [...run] : run.slice(0, -1).map((character, at) => character + (run[at + 1] ?? '')),
  );
}

function splitWords(text: string, pairs: (run: readonly string[]) => string[]): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => {
    const spaced = word.split(new RegExp(UNSPACED.source, 'u')).filter((part) => part !== '');
    const runs = word.match(UNSPACED) ?? [];
    return [...spaced, ...runs.flatMap((run) => pairs(run.match(CHARACTER) ?? []))];
  });
}

/** Letters that are written in two ways, and that Unicode does not take apart. */
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

/** A word as it is compared: case, accents, ё, ß and the forms of Unicode fold together. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SAME_LETTERS, (letter) => SAME[letter] ?? letter);
}
