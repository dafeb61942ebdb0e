/**
 * @param from a note, relative to the vault, with `/`
 * @param to a file, likewise
 * @returns the address of the file as a Markdown link in the note spells it
 */
export function relativeUrl(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1);
  const path = to.split('/');
  let common = 0;
  while (common < folder.length && common < path.length - 1 && folder[common] === path[common]) common++;
  const up = folder.slice(common).map(() => '..');
  return [...up, ...path.slice(common).map(encodeURIComponent)].join('/');
}
