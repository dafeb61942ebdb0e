import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { badPath, existingPath } from './existing-path.ts';

/** A folder of notes. */
export interface Vault {
  /** An absolute path, all symbolic links followed. */
  readonly root: string;
  /** Why it is a vault: Obsidian's settings folder, a repository, or a folder named by the user. */
  readonly kind: 'obsidian' | 'git' | 'folder';
}

/**
 * Finds the vault of a note or folder: the nearest folder, including itself, with `.obsidian`, otherwise the nearest
 * with `.git`, otherwise the folder itself (for a note, its folder).
 * @param path path of a note or folder, absolute or relative to the working directory
 * @param explicit the vault named by the user; then only its kind is determined
 * @throws NotesightError `bad_usage` if there is no such file or folder
 */
export async function findVaultRoot(path: string, explicit?: string): Promise<Vault> {
  if (explicit !== undefined) {
    const root = await existingPath(explicit);
    if (!(await isFolder(root))) throw badPath(explicit, 'is not a folder');
    return { root, kind: kindOf(root) };
  }
  const start = await existingPath(path);
  const folder = (await isFolder(start)) ? start : dirname(start);
  const above = foldersUpFrom(folder);
  for (const kind of ['obsidian', 'git'] as const) {
    const root = above.find((candidate) => existsSync(join(candidate, `.${kind}`)));
    if (root !== undefined) return { root, kind };
  }
  return { root: folder, kind: 'folder' };
}

function kindOf(root: string): Vault['kind'] {
  return (['obsidian', 'git'] as const).find((kind) => existsSync(join(root, `.${kind}`))) ?? 'folder';
}

function foldersUpFrom(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}
