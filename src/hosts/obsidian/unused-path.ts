import type { Vault } from 'obsidian';
import { unusedNotePath } from '../../editor/unused-note-path.ts';

/**
 * The path of a new note, with a number if the name is taken.
 * @param folder as in `TFolder.path`: `/` for the root
 * @param name file name without the extension
 */
export function unusedPath(vault: Vault, folder: string, name: string): string {
  const path = folder === '/' ? name : `${folder}/${name}`;
  return unusedNotePath(path, (each) => vault.getAbstractFileByPath(each) !== null);
}
