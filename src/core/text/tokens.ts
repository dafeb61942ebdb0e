/** Cost of a UTF-16 unit in sixths of a token. */
const LATIN = 2;
const ALPHABET = 3;
const OTHER = 6;

/**
 * @returns an upper estimate of the tokens in a text for any model: one token for three Latin letters or
 * spaces, for two Cyrillic or Greek letters, digits or punctuation marks, and for each other unit. Real
 * tokenizers need fewer; an estimate that is too low would make the server reject the request.
 */
export function estimateTokens(text: string): number {
  let sixths = 0;
  for (let at = 0; at < text.length; at++) sixths += cost(text.charCodeAt(at));
  return Math.ceil(sixths / 6);
}

function cost(unit: number): number {
  if (unit < 0x250) return isLatin(unit) ? LATIN : ALPHABET;
  return unit < 0x590 ? ALPHABET : OTHER;
}

function isLatin(unit: number): boolean {
  const lower = unit | 0x20;
  return unit === 0x20 || unit >= 0xc0 || (lower >= 0x61 && lower <= 0x7a);
}
