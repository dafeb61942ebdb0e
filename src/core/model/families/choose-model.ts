import type { ServerModel } from '../server-model.ts';

/**
 * Why a model was chosen: it is in memory, it is the only vision model, or it is the best one for captions
 * that fits a typical computer.
 */
export type ChoiceReason = 'loaded' | 'only' | 'best';

export interface ModelChoice {
  readonly model: ServerModel;
  readonly reason: ChoiceReason;
  /** Number of candidates. */
  readonly among: number;
}

/**
 * Model families, best for captions first: those that read text in several languages and follow a schema,
 * then older ones, then OCR models, then models that current servers list but can't load.
 */
const PREFERENCE: readonly RegExp[] = [
  /^qwen3(?:\.?[56]|-?vl)/,
  /^qwen2\.?5-?vl/,
  /^gemma-?4/,
  /^gemma-?3/,
  /^(?:mistral|ministral)/,
  /^minicpm/,
  /^llama-?4/,
  /^granite/,
  /^lfm2/,
  /^(?:llava|bakllava)/,
  /^moondream/,
];
const UNLOADABLE = /^(?:mllama|llama3\.2-vision)/;

/** Bytes. A larger model barely fits into the memory of a typical computer and runs slowly. */
const USUAL_SIZE = 12e9;

/** Chooses the vision model if the user did not set one, or null if there is none. Never chooses a cloud model. */
export function chooseModel(models: readonly ServerModel[]): ModelChoice | null {
  const candidates = models.filter(({ supportsImages, cloud }) => supportsImages && !cloud).sort(compare);
  const [best] = candidates;
  if (best === undefined) return null;
  const loaded = candidates.find((model) => model.loaded);
  if (loaded) return { model: loaded, reason: 'loaded', among: candidates.length };
  return { model: best, reason: candidates.length === 1 ? 'only' : 'best', among: candidates.length };
}

/** Finds the model that the user set. As in Ollama, a name without a tag means `latest`. */
export function findModel(models: readonly ServerModel[], named: string): ServerModel | undefined {
  return models.find(({ name }) => name === named || name === `${named}:latest`);
}

/** Returns the explanation of a choice, to follow "because". */
export function explainChoice({ reason, among }: ModelChoice): string {
  switch (reason) {
    case 'loaded':
      return 'already loaded';
    case 'only':
      return 'the only vision model';
    case 'best':
      return `the best of ${among} vision models`;
  }
}

/** Chooses the model for questions if the user did not set one: the vision model, or else a text-only model. */
export function chooseChatModel(models: readonly ServerModel[]): ServerModel | null {
  const readers = models.filter(({ canChat, cloud }) => canChat && !cloud).sort(compare);
  return chooseModel(models)?.model ?? readers.find(({ loaded }) => loaded) ?? readers[0] ?? null;
}

function compare(a: ServerModel, b: ServerModel): number {
  const unloadable = Number(isUnloadable(a)) - Number(isUnloadable(b));
  const large = Number(a.sizeBytes > USUAL_SIZE) - Number(b.sizeBytes > USUAL_SIZE);
  // Of two models that fit, the larger one is better; of two that don't, the smaller one.
  const better =
    a.sizeBytes > USUAL_SIZE ? a.sizeBytes - b.sizeBytes : rank(a) - rank(b) || b.sizeBytes - a.sizeBytes;
  return unloadable || large || better || (a.name < b.name ? -1 : 1);
}

function isUnloadable(model: ServerModel): boolean {
  return UNLOADABLE.test(model.family) || UNLOADABLE.test(baseName(model));
}

/** A family such as `llama` is too general for a model with a separate projector; its name is more specific. */
function rank(model: ServerModel): number {
  const name = baseName(model);
  if (name.includes('ocr') || model.family.includes('ocr')) return PREFERENCE.length + 1;
  const place = PREFERENCE.findIndex((family) => family.test(name) || family.test(model.family));
  return place < 0 ? PREFERENCE.length : place;
}

function baseName({ name }: ServerModel): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}
