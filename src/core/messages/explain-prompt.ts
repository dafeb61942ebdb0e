import type { PromptProblem } from '../prompts/prompt-problem.ts';

/** What is wrong with a prompt and what to do, in one language. */
export type PromptProblemWords = Readonly<
  Record<Exclude<PromptProblem['kind'], 'variable_unknown'>, string>
> & {
  /** @param known the variables to use instead */
  readonly variable_unknown: (variable: string, known: string) => string;
};

export function explainPrompt(problem: PromptProblem, words: PromptProblemWords): string {
  if (problem.kind !== 'variable_unknown') return words[problem.kind];
  const known = problem.known.map((name) => `{{${name}}}`).join(', ');
  return words.variable_unknown(`{{${problem.variable}}}`, known);
}
