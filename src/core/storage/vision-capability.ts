import * as z from 'zod/mini';
import type { LineFile } from '../ports.ts';
import { parseLine } from './parse-line.ts';

/** Which models took a picture that they were shown, of servers that don't tell. Those that didn't may learn it. */
export interface VisionCapability {
  has(host: string, model: string): boolean;
  /** On the disk when it resolves. @throws NotesightError `memory_unwritable` */
  add(host: string, model: string): Promise<void>;
}

const lineSchema = z.object({ v: z.literal(1), host: z.string(), model: z.string() });

/** Lines of another shape are passed over. @throws NotesightError `memory_unreadable` */
export async function openVisionCapability(file: LineFile): Promise<VisionCapability> {
  const known = new Set<string>();
  for (const line of await file.read()) {
    const { success, data } = lineSchema.safeParse(parseLine(line));
    if (success) known.add(keyOf(data.host, data.model));
  }
  return {
    has: (host, model) => known.has(keyOf(host, model)),
    async add(host, model) {
      known.add(keyOf(host, model));
      await file.append(JSON.stringify({ v: 1, host, model }));
    },
  };
}

const keyOf = (host: string, model: string) => `${host} ${model}`;
