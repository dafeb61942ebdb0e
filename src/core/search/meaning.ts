import type { EmbeddingModel } from '../model/embedding-model.ts';
import { quantize, type Vector, type VectorStore } from '../storage/vector-store.ts';
import type { ImageDocument } from './image-documents.ts';

/** Finds images by what their words mean, whatever words a query has. */
export interface Meaning {
  /**
   * Has the model read the words of the images that it hasn't read yet, a few at a time; what it has read stays known.
   * @throws NotesightError every code of a server or model, `memory_unwritable`, `cancelled`
   */
  learn(
    images: Iterable<ImageDocument>,
    onStep: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Has the model read a query, before `rank` is asked for it. @throws NotesightError every code of a server or model */
  understand(query: string, signal: AbortSignal): Promise<void>;
  /** @returns the images that are nearer to the query than most, the nearest first; none for a query that nobody read */
  rank(query: string, images: Iterable<ImageDocument>): Promise<ImageDocument[]>;
}

/** Texts a request: progress moves on, and a slow machine keeps within its time. */
const BATCH = 32;
/** Images between two turns of the interface. */
const SLICE = 1000;
/** UTF-16 units: what every model reads; more would be cut by the server. */
const MAX_TEXT = 1500;
/** Further down, what is near by chance outnumbers what is meant. */
const MAX_RANKED = 20;
/** Queries of this session that need not be read again. */
const MAX_QUERIES = 50;

/** A vector with its length, which is asked for with every query. */
interface Direction {
  readonly vector: Vector;
  readonly length: number;
}

export function createMeaning(model: EmbeddingModel, store: VectorStore): Meaning {
  /** Images are replaced, never changed: looked up once each. */
  const directions = new WeakMap<ImageDocument, Direction>();
  const queries = new Map<string, Direction>();

  function directionOf(image: ImageDocument): Direction | undefined {
    const known = directions.get(image);
    if (known !== undefined) return known;
    const vector = store.get(ownWords(image));
    if (vector === undefined) return undefined;
    const direction = { vector, length: lengthOf(vector) };
    directions.set(image, direction);
    return direction;
  }

  return {
    async learn(images, onStep, signal) {
      const unread = new Set<string>();
      for await (const slice of slices(images)) {
        for (const image of slice) if (directionOf(image) === undefined) unread.add(ownWords(image));
      }
      unread.delete('');
      const texts = [...unread];
      for (let from = 0; from < texts.length; from += BATCH) {
        onStep(from, texts.length);
        const batch = texts.slice(from, from + BATCH);
        await store.put(batch, (await model.embed(batch, 'document', signal)).map(quantize));
      }
    },
    async understand(query, signal) {
      if (queries.has(query)) return;
      const [vector] = await model.embed([query.slice(0, MAX_TEXT)], 'query', signal);
      if (vector === undefined) return;
      const asked = quantize(vector);
      queries.set(query, { vector: asked, length: lengthOf(asked) });
      const [oldest] = queries.keys();
      if (queries.size > MAX_QUERIES && oldest !== undefined) queries.delete(oldest);
    },
    async rank(query, images) {
      const asked = queries.get(query);
      if (asked === undefined) return [];
      const near: { readonly image: ImageDocument; readonly similarity: number }[] = [];
      for await (const slice of slices(images)) {
        for (const image of slice) {
          const direction = directionOf(image);
          if (direction?.vector.length === asked.vector.length)
            near.push({ image, similarity: cosine(asked, direction) });
        }
      }
      return outstanding(near)
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, MAX_RANKED)
        .map(({ image }) => image);
    },
  };
}

/** The interface has its turn in between, also where there are very many. */
async function* slices(images: Iterable<ImageDocument>): AsyncGenerator<ImageDocument[]> {
  const all = [...images];
  for (let from = 0; from < all.length; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    yield all.slice(from, from + SLICE);
  }
}

/** What the image itself shows and says; '' where nobody has told yet. */
function ownWords({ alt, description, text, tags }: ImageDocument): string {
  return [alt, description, text, tags.join(', ')]
    .filter((part) => part.trim() !== '')
    .join('\n')
    .slice(0, MAX_TEXT);
}

/**
 * Those at least a standard deviation above the mean. What similarity means "alike" differs from model to model;
 * that most images have nothing to do with a query does not.
 */
function outstanding<T extends { readonly similarity: number }>(near: readonly T[]): T[] {
  const mean = near.reduce((sum, { similarity }) => sum + similarity, 0) / near.length;
  const variance = near.reduce((sum, { similarity }) => sum + (similarity - mean) ** 2, 0) / near.length;
  const least = mean + Math.sqrt(variance);
  // Rounding must not lose the only one.
  return near.filter(({ similarity }) => similarity >= least - 1e-9);
}

function cosine(a: Direction, b: Direction): number {
  return a.length === 0 || b.length === 0 ? 0 : product(a.vector, b.vector) / (a.length * b.length);
}

const lengthOf = (vector: Vector) => Math.sqrt(product(vector, vector));

function product(a: Vector, b: Vector): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
