import type { Vault } from 'obsidian';

/**
 * The path of a new note, with a number if the name is taken.
 * @param folder as in `TFolder.path`: `/` for the root
 * @param name file name without the extension
 */
export function unusedPath(vault: Vault, folder: string, name: string): string {
  const numbered = (number: number) =>
    `${folder === '/' ? '' : `${folder}/`}${name}${number === 1 ? '' : ` ${number}`}.md`;
  let number = 1;
  while (vault.getAbstractFileByPath(numbered(number)) !== null) number++;
  return numbered(number);
}
