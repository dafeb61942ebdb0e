import type { ServerModel } from '../server-model.ts';

/** Why a model was taken: it is in memory, no other can see, it is the best at captions that fits a usual machine. */
export type ChoiceReason = 'loaded' | 'only' | 'best';

export interface ModelChoice {
  readonly model: ServerModel;
  readonly reason: ChoiceReason;
  /** How many could have been taken. */
  readonly among: number;
}

/**
 * Families, the best at captions first: those that read text in several languages and keep to a schema, then the
 * older ones, then those that only read text, last those that current servers list but can't load.
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

/** Bytes. A larger model hardly fits the memory of a usual machine and is slow there. */
const USUAL_SIZE = 12e9;

/** The model that is taken where the user named none, or null where none can see. A cloud model never is. */
export function chooseModel(models: readonly ServerModel[]): ModelChoice | null {
  const able = models.filter(({ supportsImages, cloud }) => supportsImages && !cloud).sort(compare);
  const [best] = able;
  if (best === undefined) return null;
  const loaded = able.find((model) => model.loaded);
  if (loaded) return { model: loaded, reason: 'loaded', among: able.length };
  return { model: best, reason: able.length === 1 ? 'only' : 'best', among: able.length };
}

/** The model that the user named; a name without a tag is that of the latest, as Ollama has it. */
export function findModel(models: readonly ServerModel[], named: string): ServerModel | undefined {
  return models.find(({ name }) => name === named || name === `${named}:latest`);
}

/** The words for a choice, to stand behind "because": for people. */
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

/** The model that answers questions where the user named none: the one that is taken for images, else one that reads. */
export function chooseChatModel(models: readonly ServerModel[]): ServerModel | null {
  const readers = models.filter(({ canChat, cloud }) => canChat && !cloud).sort(compare);
  return chooseModel(models)?.model ?? readers.find(({ loaded }) => loaded) ?? readers[0] ?? null;
}

function compare(a: ServerModel, b: ServerModel): number {
  const unloadable = Number(isUnloadable(a)) - Number(isUnloadable(b));
  const large = Number(a.sizeBytes > USUAL_SIZE) - Number(b.sizeBytes > USUAL_SIZE);
  // Of two that fit, the larger sees better; of two that hardly do, the smaller is the lesser evil.
  const better =
    a.sizeBytes > USUAL_SIZE ? a.sizeBytes - b.sizeBytes : rank(a) - rank(b) || b.sizeBytes - a.sizeBytes;
  return unloadable || large || better || (a.name < b.name ? -1 : 1);
}

function isUnloadable(model: ServerModel): boolean {
  return UNLOADABLE.test(model.family) || UNLOADABLE.test(baseName(model));
}

/** A family such as `llama` says too little of a model in two parts; its name says more. */
function rank(model: ServerModel): number {
  const name = baseName(model);
  if (name.includes('ocr') || model.family.includes('ocr')) return PREFERENCE.length + 1;
  const place = PREFERENCE.findIndex((family) => family.test(name) || family.test(model.family));
  return place < 0 ? PREFERENCE.length : place;
}

function baseName({ name }: ServerModel): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}
