import type { ChatPrompt } from './chat-state.ts';
import type { CompletionSource } from './completions.ts';

/**
 * Prompts, after a slash at the start of the question.
 * @param choose called with the id of the chosen prompt
 */
export function promptCompletions(
  label: string,
  prompts: () => readonly ChatPrompt[],
  choose: (id: string) => void,
): CompletionSource {
  return {
    label,
    pattern: /^\/([^\n]*)$/,
    optionsFor: (query) => prompts().filter(({ name }) => isMatch(name, query)),
    choose({ id }) {
      choose(id);
    },
  };
}

/** Whether each word of the query starts a word of the name. */
function isMatch(name: string, query: string): boolean {
  const words = name.toLowerCase().split(/\s+/);
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
