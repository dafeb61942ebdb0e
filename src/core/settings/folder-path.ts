/**
 * The path of a folder relative to the vault, without slashes at its ends; '' if it is not a folder inside the vault.
 * @param folder as a person may write it, such as `.\Lectures\2025\`
 */
export function cleanFolder(folder: string): string {
  const names = folder.split(/[\\/]+/).filter((name) => name !== '' && name !== '.');
  return names.includes('..') ? '' : names.join('/');
}

/**
 * What paths are compared by: like the patterns in `createExclude`, without case, and with letters and accents
 * combined, because file systems disagree about both.
 */
export function pathKey(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}
