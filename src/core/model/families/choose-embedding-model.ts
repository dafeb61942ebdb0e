import type { ServerModel } from '../server-model.ts';

/** Families, those first that know many languages; the last read English only. */
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

/** Bytes. A larger model makes every keystroke wait. */
const USUAL_SIZE = 1.5e9;

/**
 * The model that finds by meaning, or null where the server has none. A cloud model never is. Which models are in
 * memory does not matter: with another model all vectors would have to be made anew.
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
