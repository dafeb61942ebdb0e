import { NotesightError } from '../../errors.ts';

const CODES: ReadonlySet<string> = new Set([
  'server_down',
  'server_timeout',
  'gateway_down',
  'gateway_timeout',
  'server_error',
  'no_vision_model',
]);

/** Whether there is no server that could look, so that the embedded engine may; one that is there and refuses is an error. */
export function isNoServer(error: unknown): error is NotesightError {
  return error instanceof NotesightError && CODES.has(error.code);
}
