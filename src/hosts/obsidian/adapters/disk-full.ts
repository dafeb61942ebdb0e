/** Whether an error from Obsidian means that the disk, or the user's quota on it, is full. */
export function isDiskFull(error: unknown): boolean {
  return /\b(?:ENOSPC|EDQUOT)\b/.test(String(error));
}
