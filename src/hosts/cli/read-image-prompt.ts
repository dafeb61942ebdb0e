import { readFile } from 'node:fs/promises';
import { explainPrompt } from '../../core/messages/explain-prompt.ts';
import { promptProblemEn } from '../../core/messages/prompt-problem-en.ts';
import { BUILT_IN_NAMES } from '../../core/prompts/built-in-prompts.ts';
import { imagePrompt } from '../../core/prompts/list-prompts.ts';
import type { ImagePrompt } from '../../core/prompts/prompt.ts';
import { promptProblem } from '../../core/prompts/prompt-problem.ts';
import { usageError } from './usage-error.ts';

/** The built-in prompts that describe images. */
export const IMAGE_PROMPTS = BUILT_IN_NAMES.filter((name) => imagePrompt(name, []) !== null);

/**
 * Reads the prompt for images that an option names.
 * @param given a built-in prompt, or the path of a text file with a prompt for alt text
 * @throws NotesightError `bad_usage`
 */
export async function readImagePrompt(given: string): Promise<ImagePrompt> {
  const builtIn = imagePrompt(given, []);
  if (builtIn !== null) return builtIn;
  const text = await readFile(given, 'utf8').catch(() => null);
  if (text === null) {
    throw usageError(
      `--prompt ${given} is neither a readable text file nor a built-in prompt: ${IMAGE_PROMPTS.join(', ')}`,
    );
  }
  const prompt = { purpose: 'alt', text: text.trim() } as const;
  const problem = promptProblem({ ...prompt, name: 'file' }, []);
  if (problem !== null)
    throw usageError(`${given}: ${explainPrompt(problem, promptProblemEn).replace(/\.$/, '')}`);
  return prompt;
}
