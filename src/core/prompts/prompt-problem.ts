import {
  MAX_PROMPT_NAME,
  MAX_PROMPT_TEXT,
  PLACEHOLDER,
  type Prompt,
  type PromptVariable,
  variablesFor,
} from './prompt.ts';

/** Why a prompt can't be used. */
export type PromptProblem =
  | { readonly kind: 'name_empty' | 'name_long' | 'name_taken' | 'text_empty' | 'text_long' }
  | {
      readonly kind: 'variable_unknown';
      /** As written, without the braces. */
      readonly variable: string;
      readonly known: readonly PromptVariable[];
    };

/**
 * Returns why a prompt can't be used, or null if it can.
 * @param others the names of the other prompts
 */
export function promptProblem(
  { name, purpose, text }: Prompt,
  others: readonly string[],
): PromptProblem | null {
  if (name.trim() === '') return { kind: 'name_empty' };
  if (name.length > MAX_PROMPT_NAME) return { kind: 'name_long' };
  if (others.some((other) => isSameName(other, name))) return { kind: 'name_taken' };
  if (text.trim() === '') return { kind: 'text_empty' };
  if (text.length > MAX_PROMPT_TEXT) return { kind: 'text_long' };
  const known = variablesFor(purpose);
  const unknown = [...text.matchAll(PLACEHOLDER)]
    .map(([, variable = '']) => variable)
    .find((variable) => !known.some((each) => each === variable));
  return unknown === undefined ? null : { kind: 'variable_unknown', variable: unknown, known };
}

/** A prompt that can't be used, with its place in the list. */
export interface PromptFault {
  readonly at: number;
  readonly name: string;
  readonly problem: PromptProblem;
}

/** The prompts that can be used, and what is wrong with the others. Of several with one name, the first is used. */
export function checkPrompts(prompts: readonly Prompt[]): {
  readonly usable: readonly Prompt[];
  readonly faults: readonly PromptFault[];
} {
  const usable: Prompt[] = [];
  const faults: PromptFault[] = [];
  for (const [at, prompt] of prompts.entries()) {
    const problem = promptProblem(
      prompt,
      usable.map(({ name }) => name),
    );
    if (problem === null) usable.push(prompt);
    else faults.push({ at, name: prompt.name, problem });
  }
  return { usable, faults };
}

/** Whether two names are the same to a person: without regard to case and spaces at the ends. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
