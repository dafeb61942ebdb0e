/**
 * @param from path of a note, relative to the vault, with `/`
 * @param to path of a file, in the same form
 * @returns the URL of the file for a Markdown link in the note
 */
export function relativeUrl(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1);
  const path = to.split('/');
  let common = 0;
  while (common < folder.length && common < path.length - 1 && folder[common] === path[common]) common++;
  const up = folder.slice(common).map(() => '..');
  return [...up, ...path.slice(common).map(encodeURIComponent)].join('/');
}
