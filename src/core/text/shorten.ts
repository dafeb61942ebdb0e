/**
 * Cuts a text at the end of a word and puts `…` there; a text that fits stays as it is.
 *
 * @param limit UTF-16 units of the result, `…` included; a single word that is longer is cut in its middle
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const space = head.lastIndexOf(' ');
  // A lone half of a surrogate pair is no character.
  const cut = space > 0 ? head.slice(0, space) : head.slice(0, -1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s.,:;!?–—-]+$/u, '')}…`;
}
