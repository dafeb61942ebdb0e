import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { badPath, existingPath } from './existing-path.ts';
import { isInside } from './vault-path.ts';
import { isNote, type VaultFiles } from './walk-vault.ts';

/**
 * Selects the notes named by the user: for a folder, the notes that the vault walk lists; a note named explicitly is
 * always selected.
 * @param vaultRoot the vault's real path
 * @param paths paths of notes and folders, absolute or relative to the working directory
 * @returns paths relative to the vault, sorted, each once
 * @throws NotesightError `bad_usage` if a path does not exist, is not a note or is outside the vault
 */
export async function selectNotes(
  vaultRoot: string,
  { notes }: VaultFiles,
  paths: readonly string[],
): Promise<string[]> {
  const selected = new Set<string>();
  for (const path of paths) {
    const real = await existingPath(path);
    if (!isInside(vaultRoot, real)) throw badPath(path, 'is outside the vault');
    const name = relative(vaultRoot, real).split(sep).join('/');
    if ((await stat(real)).isDirectory()) {
      for (const note of notes) if (name === '' || note.startsWith(`${name}/`)) selected.add(note);
    } else if (isNote(name)) selected.add(name);
    else throw badPath(path, 'is not a Markdown note');
  }
  return [...selected].sort();
}
