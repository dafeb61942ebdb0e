import { BUILT_IN_NAMES, BUILT_IN_PROMPTS, type BuiltInPrompt } from './built-in-prompts.ts';
import { type ImagePrompt, type Prompt, type PromptPurpose } from './prompt.ts';
import { checkPrompts, isSameName } from './prompt-problem.ts';

/** The prompts in the settings. */
export interface StoredPrompts {
  /** The user's own prompts. */
  readonly prompts: readonly Prompt[];
  /** The built-in prompts that are hidden. */
  readonly hiddenPrompts: readonly string[];
}

/** A prompt to choose. */
export interface ListedPrompt extends Prompt {
  /** What settings store: the name, or the key of a built-in prompt. */
  readonly id: string;
}

/**
 * The prompts to choose from: the user's own, then the built-in ones that are neither hidden nor replaced by one with
 * the same name.
 * @param names the names of the built-in prompts
 */
export function listPrompts(
  { prompts, hiddenPrompts }: StoredPrompts,
  names: Readonly<Record<BuiltInPrompt, string>>,
  purposes: readonly PromptPurpose[],
): ListedPrompt[] {
  const own = checkPrompts(prompts).usable.map((prompt) => ({ ...prompt, id: prompt.name.trim() }));
  const builtIn = BUILT_IN_NAMES.filter((id) => !hiddenPrompts.includes(id))
    .map((id) => ({ id, name: names[id], ...BUILT_IN_PROMPTS[id] }))
    .filter(({ id, name }) => !own.some((each) => isSameName(each.name, name) || isSameName(each.name, id)));
  return [...own, ...builtIn].filter(({ purpose }) => purposes.includes(purpose));
}

/** The prompt with an id, for describing images; null for the standard prompt or if no such prompt can be used. */
export function imagePrompt(id: string, prompts: readonly Prompt[]): ImagePrompt | null {
  const found = findPrompt(id, prompts);
  return found !== null && isForImages(found) ? found : null;
}

/** The prompt with an id: one of the user's, or a built-in one, even if it is hidden. */
export function findPrompt(id: string, prompts: readonly Prompt[]): Omit<Prompt, 'name'> | null {
  const own = checkPrompts(prompts).usable.find(({ name }) => isSameName(name, id));
  if (own !== undefined) return { purpose: own.purpose, text: own.text };
  const key = BUILT_IN_NAMES.find((name) => isSameName(name, id));
  return key === undefined ? null : BUILT_IN_PROMPTS[key];
}

function isForImages(prompt: Omit<Prompt, 'name'>): prompt is ImagePrompt {
  return prompt.purpose !== 'question';
}
