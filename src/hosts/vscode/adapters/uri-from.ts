import { Position, Uri } from 'vscode';
import * as z from 'zod/mini';

const uriSchema = z.object({
  scheme: z.string(),
  path: z.string(),
  authority: z._default(z.string(), ''),
});
const positionSchema = z.object({ line: z.int(), character: z.int() });

/** A file as passed to a command: a Uri from the explorer, or JSON from a link in a hover. Null if it is neither. */
export function uriFrom(value: unknown): Uri | null {
  if (value instanceof Uri) return value;
  const { success, data } = uriSchema.safeParse(value);
  return success ? Uri.from(data) : null;
}

/** A position in a document, passed the same way. */
export function positionFrom(value: unknown): Position | null {
  if (value instanceof Position) return value;
  const { success, data } = positionSchema.safeParse(value);
  return success ? new Position(data.line, data.character) : null;
}
