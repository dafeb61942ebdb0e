import type { StandIn } from '../core/engine/open-engine.ts';
import { isCancelled, NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import { isLocalHost } from '../core/settings/server-address.ts';
import type { EditorWords } from './messages/editor-en.ts';

/**
 * The warning to show before data leaves this machine or its network; empty if it stays.
 * @param cloud whether the server forwards data to another machine
 */
export function leavesNetwork(words: EditorWords, hosts: readonly string[], cloud: boolean): string[] {
  const far = hosts.filter((host) => !isLocalHost(host));
  return [
    ...(far.length === 0 ? [] : [words.leavesNetwork(far.join(', '))]),
    ...(cloud ? [words.leavesForCloud] : []),
  ];
}

/** An error and what to do about it. */
export function errorText(explain: (error: NotesightError) => Explanation, error: NotesightError): string {
  const { message, advice } = explain(error);
  return `${message} ${advice}`;
}

/** The notice shown once when another engine replaces a vision model. */
export function standInNotice(
  { notices }: EditorWords,
  explain: (error: NotesightError) => Explanation,
  engine: StandIn,
): string {
  if (engine.because === null) return '';
  return engine.kind === 'text-only'
    ? notices.textOnly(engine.model.name, errorText(explain, engine.because))
    : notices.embedded(explain(engine.because).message);
}

/** The message at the end of a task, or the error and what to do about it; '' if it was stopped. */
export async function inWords(
  explain: (error: NotesightError) => Explanation,
  work: () => Promise<string>,
): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return '';
    return errorText(explain, error);
  }
}
