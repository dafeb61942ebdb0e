import { readFile } from 'node:fs/promises';
import { explainPrompt } from '../../core/messages/explain-prompt.ts';
import { promptProblemEn } from '../../core/messages/prompt-problem-en.ts';
import { builtInFor } from '../../core/prompts/built-in-prompts.ts';
import { findPrompt } from '../../core/prompts/list-prompts.ts';
import type { Prompt } from '../../core/prompts/prompt.ts';
import { promptProblem } from '../../core/prompts/prompt-problem.ts';
import { usageError } from './usage-error.ts';

type CliPurpose = 'alt' | 'question';

/**
 * Reads the prompt that an option names.
 * @param given a built-in prompt for this purpose, or the path of a text file with one
 * @throws NotesightError `bad_usage`
 */
export async function readPrompt<Purpose extends CliPurpose>(
  given: string,
  purpose: Purpose,
): Promise<Omit<Prompt, 'name'> & { readonly purpose: Purpose }> {
  const builtIn = findPrompt(given, []);
  if (builtIn?.purpose === purpose) return { purpose, text: builtIn.text };
  const text = await readFile(given, 'utf8').catch(() => null);
  if (text === null) {
    throw usageError(
      `--prompt ${given} is neither a readable text file nor a built-in prompt: ${builtInFor(purpose).join(', ')}`,
    );
  }
  const prompt = { purpose, text: text.trim() };
  const problem = promptProblem({ ...prompt, name: 'file' }, []);
  if (problem !== null)
    throw usageError(`${given}: ${explainPrompt(problem, promptProblemEn).replace(/\.$/, '')}`);
  return prompt;
}
