/**
 * The path of a new note, with a number from 2 on if the name is taken.
 * @param path without the extension
 * @param isTaken whether there is a file at a path
 */
export function unusedNotePath(path: string, isTaken: (path: string) => boolean): string {
  let free = `${path}.md`;
  for (let number = 2; isTaken(free); number++) free = `${path} ${number}.md`;
  return free;
}
