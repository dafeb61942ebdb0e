import { MAX_PROMPT_NAME, MAX_PROMPT_TEXT } from '../prompts/prompt.ts';
import type { PromptProblemWords } from './explain-prompt.ts';

export const promptProblemEn: PromptProblemWords = {
  name_empty: 'The prompt has no name. Enter one.',
  name_long: `The name is too long. Shorten it to ${MAX_PROMPT_NAME} characters.`,
  name_taken: 'Another prompt has this name. Choose a different one.',
  text_empty: 'The prompt has no text. Enter what the model should do.',
  text_long: `The text is too long. Shorten it to ${MAX_PROMPT_TEXT} characters.`,
  variable_unknown: (variable, known) =>
    `${variable} isn't available in this prompt. Use ${known}, or remove the braces.`,
};
