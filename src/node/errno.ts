/** The code of a failed system call (`ENOENT`), or undefined if the error has none. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']);

/** Whether a path does not exist: no such file, a parent that is not a folder, or an invalid file name. */
export function isMissing(error: unknown): boolean {
  return NOWHERE.has(errnoOf(error) ?? '');
}

/**
 * Whether a file is only in iCloud and could not be downloaded: macOS then fails with EDEADLK, which has no name in
 * Node. Reported in https://github.com/tobi/qmd/issues/252
 */
export function isInICloud(error: unknown, platform = process.platform): boolean {
  return platform === 'darwin' && error instanceof Error && 'errno' in error && error.errno === -11;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the disk, or the user's quota on it, is full. */
export function isDiskFull(error: unknown): boolean {
  return FULL.has(errnoOf(error) ?? '');
}
