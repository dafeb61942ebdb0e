import type { NotesightError } from '../../core/errors.ts';
import { explainInShell } from './explain-in-shell.ts';

/** Exit codes of the commands; see https://tldp.org/LDP/abs/html/exitcodes.html for 130. */
export const EXIT = { done: 0, failed: 1, usageError: 2, stopped: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Writes a result to standard output: text for people, or one JSON object per line for scripts. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(object: object): void {
  print(JSON.stringify(object));
}

/** Writes progress and errors to standard error, so that they never mix with the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An error in one line: the problem and what to do. */
export function errorText(error: NotesightError): string {
  const { message, advice } = explainInShell(error);
  return `${message} ${advice}`;
}

export function errorJson(error: NotesightError): { code: string; message: string } {
  return { code: error.code, message: errorText(error) };
}
