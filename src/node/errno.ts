/** Node's code of a failed system call (`ENOENT`), or undefined where the error has none. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']);

/** Whether a path names nothing: no such file, a folder on the way that is none, a name no file can have. */
export function isMissing(error: unknown): boolean {
  return NOWHERE.has(errnoOf(error) ?? '');
}

/**
 * Whether a file is only in iCloud and could not be fetched: macOS fails with EDEADLK then, a code that Node has no name
 * for. Reported in https://github.com/tobi/qmd/issues/252
 */
export function isInICloud(error: unknown, platform = process.platform): boolean {
  return platform === 'darwin' && error instanceof Error && 'errno' in error && error.errno === -11;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Whether a disk, or the user's share of it, has no room left. */
export function isDiskFull(error: unknown): boolean {
  return FULL.has(errnoOf(error) ?? '');
}
