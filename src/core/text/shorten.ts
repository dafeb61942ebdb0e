/**
 * Cuts a text at the end of a word and adds `…`; returns a text that fits unchanged.
 * @param limit maximum UTF-16 units of the result, including `…`; a single longer word is cut
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const space = head.lastIndexOf(' ');
  // Removes half a surrogate pair.
  const cut = space > 0 ? head.slice(0, space) : head.slice(0, -1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s.,:;!?–—-]+$/u, '')}…`;
}
