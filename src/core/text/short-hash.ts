/**
 * @returns eight hexadecimal digits: enough to detect changes of a text, but not secure against attacks
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv FNV-1a, over UTF-16 units
 */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
