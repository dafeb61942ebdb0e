/** Letters and digits of every script, with the accents that stand behind them. */
export const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** The words of a text. */
export function words(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** A word as it is compared: case, accents, ё and the forms of Unicode fold together. */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
