/**
 * On iOS, and on macOS before version 14, iCloud Drive replaces a file that is not on the device with a
 * hidden placeholder: `.a.png.icloud` for `a.png`.
 */
const PLACEHOLDER = /^\.(.+)\.icloud$/;

/** @returns the name of the original file, or null if the name is not that of a placeholder */
export function fileOfPlaceholder(name: string): string | null {
  return PLACEHOLDER.exec(name)?.[1] ?? null;
}

/**
 * Returns the path of the placeholder for a file.
 * @param path with `/` as the separator
 */
export function placeholderOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return `${path.slice(0, name)}.${path.slice(name)}.icloud`;
}
