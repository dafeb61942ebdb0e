/**
 * Parses a line of a log as JSON. Returns undefined if it is torn or not JSON. JSON of unknown form comes
 * from a newer version, and logs keep it.
 */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
