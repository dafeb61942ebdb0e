import type { ServerModel } from '../server-model.ts';

/** Model families, multilingual ones first; the last ones support only English. */
const PREFERENCE: readonly RegExp[] = [
  /^bge-m3/,
  /^qwen3-embedding/,
  /^embeddinggemma/,
  /^snowflake-arctic-embed2/,
  /^nomic-embed-text-v2/,
  /multilingual/,
  /^granite-embedding:278m/,
  /^mxbai/,
  /^nomic/,
];

/** Bytes. A larger model delays results after every keystroke. */
const USUAL_SIZE = 1.5e9;

/**
 * Chooses the embedding model for semantic search, or null if the server has none. Never chooses a cloud
 * model. Ignores which models are in memory, because another model would require new vectors for all texts.
 */
export function chooseEmbeddingModel(models: readonly ServerModel[]): ServerModel | null {
  const [best] = models
    .filter(({ canEmbed, cloud }) => canEmbed && !cloud)
    .sort(
      (a, b) =>
        Number(a.sizeBytes > USUAL_SIZE) - Number(b.sizeBytes > USUAL_SIZE) ||
        rank(a) - rank(b) ||
        b.sizeBytes - a.sizeBytes ||
        (a.name < b.name ? -1 : 1),
    );
  return best ?? null;
}

function rank({ name }: ServerModel): number {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const place = PREFERENCE.findIndex((family) => family.test(base));
  return place < 0 ? PREFERENCE.length : place;
}
