/**
 * How many tokens a text is at most, near enough: real counts differ from model to model. Words in the Latin
 * alphabet make a token of about four letters, other alphabets of two, and the scripts without spaces of one or less;
 * what is taken here is a little worse, since a request that doesn't fit is refused.
 */
export function estimateTokens(text: string): number {
  let sixths = 0;
  for (let at = 0; at < text.length; at++) sixths += sixthsOf(text.charCodeAt(at));
  return Math.ceil(sixths / 6);
}

/** The cost of a UTF-16 unit, in sixths of a token. */
function sixthsOf(unit: number): number {
  if (unit < 0x250) return 2;
  return unit < 0x600 ? 3 : 6;
}
