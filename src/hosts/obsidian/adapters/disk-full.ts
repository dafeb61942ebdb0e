/** Whether the system says, in an error of Obsidian's, that the disk or the user's share of it has no room left. */
export function isDiskFull(error: unknown): boolean {
  return /\b(?:ENOSPC|EDQUOT)\b/.test(String(error));
}
