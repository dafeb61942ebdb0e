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

/** Whether a server is away, and may be back soon: nobody answers, or a proxy says that the server behind it doesn't. */
export function isServerAway({ code }: NotesightError): boolean {
  return AWAY.has(code);
}

const AWAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server_down',
  'server_timeout',
  'server_busy',
  'gateway_down',
  'gateway_timeout',
]);
