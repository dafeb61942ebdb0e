import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Whether a path is inside a folder or is the folder itself, judged by name only. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Resolves a file of the vault, following all symbolic links.
 * @param path relative to the vault
 * @returns an absolute path, or null if the path or a link on the way leads outside the vault
 * @throws the system's error if there is no such file
 */
export function realPathInside(vaultRoot: string, path: string): string | null {
  const absolute = resolve(vaultRoot, path);
  if (!isInside(vaultRoot, absolute)) return null;
  const real = realpathSync.native(absolute);
  return isInside(realpathSync.native(vaultRoot), real) ? real : null;
}
