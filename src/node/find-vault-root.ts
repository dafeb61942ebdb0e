import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { badPath, existingPath } from './existing-path.ts';

/** A folder of notes. */
export interface Vault {
  /** An absolute path, all symbolic links followed. */
  readonly root: string;
  /** What makes it a vault: Obsidian's settings folder, a repository, or merely that it was named. */
  readonly kind: 'obsidian' | 'git' | 'folder';
}

/**
 * Which vault a note or folder belongs to: the nearest folder above it, or itself, with `.obsidian`, else the
 * nearest with `.git`, else the folder itself (a note's folder).
 * @param path of a note or folder, absolute or relative to the working directory
 * @param explicit the vault that the user names; then only its kind is looked up
 * @throws NotesightError `bad_usage` where there is no such file or folder
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
