import type { StandIn } from '../core/engine/open-engine.ts';
import { isCancelled, NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import { isLocalHost } from '../core/settings/server-address.ts';
import type { EditorWords } from './messages/editor-en.ts';

/**
 * What the user should know before data leaves this machine or its network; nothing where it stays.
 * @param cloud whether the server hands it on to another machine
 */
export function leavesNetwork(words: EditorWords, hosts: readonly string[], cloud: boolean): string[] {
  const far = hosts.filter((host) => !isLocalHost(host));
  return [
    ...(far.length === 0 ? [] : [words.leavesNetwork(far.join(', '))]),
    ...(cloud ? [words.leavesForCloud] : []),
  ];
}

/** What the user is told once where another engine stands in for a vision model. */
export function standInNotice(
  { notices }: EditorWords,
  explain: (error: NotesightError) => Explanation,
  engine: StandIn,
): string {
  if (engine.because === null) return '';
  const { message, advice } = explain(engine.because);
  return engine.kind === 'text-only'
    ? notices.told(engine.model.name, `${message} ${advice}`)
    : notices.embedded(message);
}

/** What a task says at its end, or what went wrong and what to do; '' where it was stopped. */
export async function inWords(
  explain: (error: NotesightError) => Explanation,
  work: () => Promise<string>,
): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return '';
    const { message, advice } = explain(error);
    return `${message} ${advice}`;
  }
}
