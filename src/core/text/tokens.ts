/** What a UTF-16 unit costs, in sixths of a token. */
const LATIN = 2;
const ALPHABET = 3;
const OTHER = 6;

/**
 * @returns how many tokens a text takes at most, as a rule, whatever the model: a token for three Latin letters or
 * spaces, for two Cyrillic or Greek letters, digits or signs, and for each unit of what else there is. Real
 * tokenizers need fewer; too many would only be refused by the server.
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
