/**
 * iCloud Drive leaves a hidden stand-in where a file is not on this device: `.a.png.icloud` for `a.png`. So do iPhones,
 * and Macs before macOS 14.
 */
const PLACEHOLDER = /^\.(.+)\.icloud$/;

/** @returns the name of the file that a stand-in is for, or null for the name of any other file */
export function fileOfPlaceholder(name: string): string | null {
  return PLACEHOLDER.exec(name)?.[1] ?? null;
}

/** The path of the stand-in for a file. @param path with `/` between its parts */
export function placeholderOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return `${path.slice(0, name)}.${path.slice(name)}.icloud`;
}
