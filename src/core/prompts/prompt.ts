/** What a prompt is for: the alt text or the description of an image, or a question in the chat. */
export const PROMPT_PURPOSES = ['alt', 'description', 'question'] as const;

export type PromptPurpose = (typeof PROMPT_PURPOSES)[number];

/** The values that a prompt can contain, as in `{{heading}}`. */
export const PROMPT_VARIABLES = ['note', 'heading', 'selection', 'alt', 'language', 'filename'] as const;

export type PromptVariable = (typeof PROMPT_VARIABLES)[number];

/** A prompt with a name. */
export interface Prompt {
  readonly name: string;
  readonly purpose: PromptPurpose;
  /** With variables in double braces. */
  readonly text: string;
}

/** A prompt that guides the description of an image. */
export interface ImagePrompt extends Omit<Prompt, 'name'> {
  readonly purpose: 'alt' | 'description';
}

/** UTF-16 units. */
export const MAX_PROMPT_NAME = 100;
export const MAX_PROMPT_TEXT = 4000;

/** A variable in double braces, known or not. */
export const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables of a purpose: nothing is selected while an image is described. */
export function variablesFor(purpose: PromptPurpose): readonly PromptVariable[] {
  return purpose === 'question'
    ? PROMPT_VARIABLES
    : PROMPT_VARIABLES.filter((variable) => variable !== 'selection');
}
