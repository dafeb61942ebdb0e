import * as z from 'zod/mini';
import type { LineFile } from '../ports.ts';
import { parseLine } from './parse-line.ts';

/**
 * Models that accepted a probe image, on servers that don't report image support. Rejections are not stored,
 * because a model may support images later.
 */
export interface VisionCapability {
  has(host: string, model: string): boolean;
  /** Resolves when the model is on disk. @throws NotesightError `memory_unwritable` */
  add(host: string, model: string): Promise<void>;
}

const lineSchema = z.object({ v: z.literal(1), host: z.string(), model: z.string() });

/** Ignores lines of unknown form. @throws NotesightError `memory_unreadable` */
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

function keyOf(host: string, model: string): string {
  return `${host} ${model}`;
}
