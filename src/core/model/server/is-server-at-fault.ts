import type { ErrorCode, NotesightError } from '../../errors.ts';

/** Whether it is the server, or its model, that is at fault: with other images it would fail alike. */
export function isServerAtFault({ code }: NotesightError): boolean {
  return AT_FAULT.has(code);
}

const AT_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server_down',
  'gateway_down',
  'limit_reached',
  'server_refused',
  'unauthorized',
  'origin_refused',
  'model_missing',
  'model_cannot_see',
  'model_unloadable',
]);
