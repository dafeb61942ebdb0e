import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Whether a path lies in a folder or is the folder itself, by their names alone. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Where a file of the vault really lies, all symbolic links followed.
 * @param path relative to the vault
 * @returns an absolute path, or null where the path or a link on its way leads out of the vault
 * @throws the system's error where there is no such file
 */
export function realPathInside(vaultRoot: string, path: string): string | null {
  const absolute = resolve(vaultRoot, path);
  if (!isInside(vaultRoot, absolute)) return null;
  const real = realpathSync.native(absolute);
  return isInside(realpathSync.native(vaultRoot), real) ? real : null;
}
