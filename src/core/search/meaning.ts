import type { EmbeddingModel } from '../model/embedding-model.ts';
import { quantize, type Vector, type VectorStore } from '../storage/vector-store.ts';
import type { ImageDocument } from './image-documents.ts';

/** Semantic search: finds images by the meaning of their text, with any words in the query. */
export interface Meaning {
  /**
   * Embeds the text of the images that have no embedding yet, in small batches; finished batches are stored.
   * @throws NotesightError every code of a server or model, `memory_unwritable`, `cancelled`
   */
  learn(
    images: Iterable<ImageDocument>,
    onStep: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Embeds a query. Must be called before `rank`.
   * @throws NotesightError every code of a server or model
   */
  understand(query: string, signal: AbortSignal): Promise<void>;
  /**
   * @returns the images that are nearer to the query than most, nearest first; none for a query without an embedding
   */
  rank(query: string, images: Iterable<ImageDocument>): Promise<ImageDocument[]>;
}

/** Texts per request: small enough for steady progress and for the time limit on a slow machine. */
const BATCH = 32;
/** Images to process before yielding to the interface. */
const SLICE = 1000;
/** UTF-16 units: every model accepts this much; servers would cut more. */
const MAX_TEXT = 1500;
/** Beyond this rank, most results are near only by chance. */
const MAX_RANKED = 20;
/** Embedded queries to keep for this session. */
const MAX_QUERIES = 50;

/** A vector with its length, which every query needs. */
interface Direction {
  readonly vector: Vector;
  readonly length: number;
}

export function createMeaning(model: EmbeddingModel, store: VectorStore): Meaning {
  /** A cache: images are replaced, never changed. */
  const directions = new WeakMap<ImageDocument, Direction>();
  const queries = new Map<string, Direction>();

  function directionOf(image: ImageDocument): Direction | undefined {
    const known = directions.get(image);
    if (known !== undefined) return known;
    const vector = store.get(ownText(image));
    if (vector === undefined) return undefined;
    const direction = { vector, length: lengthOf(vector) };
    directions.set(image, direction);
    return direction;
  }

  return {
    async learn(images, onStep, signal) {
      const unread = new Set<string>();
      for await (const slice of slices(images)) {
        for (const image of slice) if (directionOf(image) === undefined) unread.add(ownText(image));
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

/** Yields to the interface between slices, so that it stays responsive with many images. */
async function* slices(images: Iterable<ImageDocument>): AsyncGenerator<ImageDocument[]> {
  const all = [...images];
  for (let from = 0; from < all.length; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    yield all.slice(from, from + SLICE);
  }
}

/** The image's own text; '' if it has no description yet. */
function ownText({ alt, description, text, tags }: ImageDocument): string {
  return [alt, description, text, tags.join(', ')]
    .filter((part) => part.trim() !== '')
    .join('\n')
    .slice(0, MAX_TEXT);
}

/**
 * Those at least one standard deviation above the mean. The similarity of related texts varies between models, but in
 * all of them, most images are unrelated to a query.
 */
function outstanding<T extends { readonly similarity: number }>(near: readonly T[]): T[] {
  const mean = near.reduce((sum, { similarity }) => sum + similarity, 0) / near.length;
  const variance = near.reduce((sum, { similarity }) => sum + (similarity - mean) ** 2, 0) / near.length;
  const least = mean + Math.sqrt(variance);
  // The tolerance keeps a single image, whose similarity equals the mean, in spite of rounding errors.
  return near.filter(({ similarity }) => similarity >= least - 1e-9);
}

function cosine(a: Direction, b: Direction): number {
  return a.length === 0 || b.length === 0 ? 0 : product(a.vector, b.vector) / (a.length * b.length);
}

function lengthOf(vector: Vector): number {
  return Math.sqrt(product(vector, vector));
}

function product(a: Vector, b: Vector): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
