import type { ErrorCode, NotesightError } from '../../errors.ts';

/** Milliseconds to wait before a request is sent again, the first, second and third time. */
const PAUSES = [1000, 2000, 4000];

/** Milliseconds. Where a server asks for a longer pause, waiting is left to the user. */
const LONGEST_PAUSE = 60_000;

/** What may be over in a moment. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['server_busy', 'gateway_down', 'limit_reached']);

/**
 * How long to wait before a request that failed is sent again.
 * @param retryAfter what the server asks for, in milliseconds; null where it says nothing
 * @param attempt how many times the request was sent again already
 * @returns milliseconds, or null where it should not be sent again
 */
export function retryPause(
  { code }: NotesightError,
  retryAfter: number | null,
  attempt: number,
): number | null {
  const usual = PAUSES[attempt];
  if (usual === undefined || !PASSING.has(code)) return null;
  if (retryAfter === null) return usual;
  return retryAfter > LONGEST_PAUSE ? null : Math.max(usual, retryAfter);
}

/**
 * Reads a Retry-After header: seconds, or a date.
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, or null where the header is missing or says nothing of use
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
