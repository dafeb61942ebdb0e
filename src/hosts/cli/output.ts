import type { NotesightError } from '../../core/errors.ts';
import { explainInShell } from './explain-in-shell.ts';

/** What a command's exit code says: https://tldp.org/LDP/abs/html/exitcodes.html for 130. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, stopped: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command answers, on standard output: for a person or, one JSON object a line, for a script. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(object: object): void {
  print(JSON.stringify(object));
}

/** What goes on and what went wrong, on standard error: it never mixes with the answer. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An error in one line: what is wrong and what to do. */
export function inWords(error: NotesightError): string {
  const { message, advice } = explainInShell(error);
  return `${message} ${advice}`;
}

export function errorJson(error: NotesightError): { code: string; message: string } {
  return { code: error.code, message: inWords(error) };
}
