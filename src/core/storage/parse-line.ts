/**
 * One line of a log as JSON, or undefined where it is none: torn by a kill, or not written by us at all.
 * A line that is JSON but of no shape we know comes from a newer version: logs keep it.
 */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
