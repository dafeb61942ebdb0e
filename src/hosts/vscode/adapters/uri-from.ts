import { Position, Uri } from 'vscode';
import * as z from 'zod/mini';

const uriSchema = z.object({
  scheme: z.string(),
  path: z.string(),
  authority: z._default(z.string(), ''),
});
const positionSchema = z.object({ line: z.int(), character: z.int() });

/** A file as a command gets it: from the explorer, or as JSON from a link in a hover. Null where it is none. */
export function uriFrom(value: unknown): Uri | null {
  if (value instanceof Uri) return value;
  const { success, data } = uriSchema.safeParse(value);
  return success ? Uri.from(data) : null;
}

/** A place in a document, likewise. */
export function positionFrom(value: unknown): Position | null {
  if (value instanceof Position) return value;
  const { success, data } = positionSchema.safeParse(value);
  return success ? new Position(data.line, data.character) : null;
}
