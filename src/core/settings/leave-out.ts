import ignore from 'ignore';

/**
 * Which paths the user wants left alone.
 * @param patterns as in a .gitignore: `Private/`, `*.excalidraw.md`, `!Private/open.md`; a later one overrules
 * @returns whether a path, relative to the vault, is to be left out
 */
export function createLeaveOut(patterns: readonly string[]): (path: string) => boolean {
  const rules = ignore().add(patterns);
  return (path) => rules.ignores(path);
}
