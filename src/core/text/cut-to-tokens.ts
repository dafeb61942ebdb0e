import { estimateTokens } from './tokens.ts';

/** UTF-16 units of the cheapest text per token of `estimateTokens`. */
const MOST_UNITS = 3;

/** Truncates a text to a maximum number of tokens, between words if possible, with an ellipsis. */
export function cutToTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text;
  let fits = 0;
  let tooLong = Math.min(text.length, tokens * MOST_UNITS + 1);
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (estimateTokens(`${text.slice(0, middle)}…`) <= tokens) fits = middle;
    else tooLong = middle;
  }
  if (fits === 0) return '';
  const cut = text.slice(0, fits);
  const atWord = cut.replace(/\s+\S*$/, '');
  // Removes half a surrogate pair.
  return `${(atWord.length > fits / 2 ? atWord : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}
