import * as z from 'zod/mini';
import type { LineFile } from '../ports.ts';
import { base64 } from '../text/base64.ts';
import { shortHash } from '../text/short-hash.ts';
import { parseLine } from './parse-line.ts';

/**
 * The direction of a vector with eight bits per dimension: precise enough for comparisons, and an eighth of
 * the size.
 */
export type Vector = Int8Array;

/** Caches the vectors of texts, so that no text is sent to a model twice. */
export interface VectorStore {
  get(text: string): Vector | undefined;
  /** Stores one vector per text. Resolves when they are on disk. @throws NotesightError `memory_unwritable` */
  put(texts: readonly string[], vectors: readonly Vector[]): Promise<void>;
}

const lineSchema = z.object({
  v: z.literal(1),
  model: z.string(),
  texts: z.array(z.string()),
  /** All vectors, concatenated, in base64. */
  vectors: z.string(),
});

/**
 * Opens the vectors of one model. Keeps lines of other models; ignores torn lines and those of newer
 * versions.
 * @throws NotesightError `memory_unreadable`
 */
export async function openVectorStore(file: LineFile, model: string): Promise<VectorStore> {
  const known = new Map<string, Vector>();
  for (const line of await file.read()) {
    const { success, data } = lineSchema.safeParse(parseLine(line));
    if (!success || data.model !== model) continue;
    const bytes = fromBase64(data.vectors);
    const length = bytes.length / data.texts.length;
    if (!Number.isInteger(length)) continue;
    for (const [at, text] of data.texts.entries())
      known.set(text, bytes.subarray(at * length, (at + 1) * length));
  }
  return {
    get: (text) => known.get(keyOf(text)),
    async put(texts, vectors) {
      const keys = texts.map(keyOf);
      for (const [at, vector] of vectors.entries()) known.set(keys[at] ?? '', vector);
      const bytes = Uint8Array.from(vectors.flatMap((vector) => [...vector]));
      await file.append(JSON.stringify({ v: 1, model, texts: keys, vectors: base64(bytes) }));
    },
  };
}

/** Scales a vector so that its largest absolute value becomes 127. */
export function quantize(vector: readonly number[]): Vector {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((value / largest) * 127)));
}

/** With the length added, collisions are unlikely even among a hundred thousand texts. */
function keyOf(text: string): string {
  return `${shortHash(text)}${text.length.toString(36)}`;
}

/** Decodes base64; returns an empty array if it is invalid. */
function fromBase64(text: string): Int8Array {
  try {
    return Int8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Int8Array();
  }
}
