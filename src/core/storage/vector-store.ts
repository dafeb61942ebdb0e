import * as z from 'zod/mini';
import type { LineFile } from '../ports.ts';
import { base64 } from '../text/base64.ts';
import { shortHash } from '../text/short-hash.ts';
import { parseLine } from './parse-line.ts';

/** A direction, eight bits a dimension: near enough for what is compared, and an eighth of the size. */
export type Vector = Int8Array;

/** The vectors of texts that a model has made, so that no text is sent to it twice. */
export interface VectorStore {
  get(text: string): Vector | undefined;
  /** Remembers vectors, one a text; on the disk when it resolves. @throws NotesightError `memory_unwritable` */
  put(texts: readonly string[], vectors: readonly Vector[]): Promise<void>;
}

const lineSchema = z.object({
  v: z.literal(1),
  model: z.string(),
  texts: z.array(z.string()),
  /** All vectors one after the other, in base64. */
  vectors: z.string(),
});

/**
 * Opens the vectors of one model. Lines of other models stay for those who use them; what a kill tore, or a newer
 * version wrote, is passed over.
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

/** The direction of a vector, its largest number made 127. */
export function quantize(vector: readonly number[]): Vector {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((value / largest) * 127)));
}

/** With the length, two of a hundred thousand texts hardly ever share one. */
const keyOf = (text: string) => `${shortHash(text)}${text.length.toString(36)}`;

/** Nothing where it is no base64. */
function fromBase64(text: string): Int8Array {
  try {
    return Int8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Int8Array();
  }
}
