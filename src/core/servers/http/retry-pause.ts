import { isTransient } from '../../error-kinds.ts';
import type { NotesightError } from '../../errors.ts';

/** Milliseconds to wait before the first, second and third retry. */
const PAUSES = [1000, 2000, 4000];

/** Milliseconds. If a server asks for a longer pause, the user decides when to retry. */
const LONGEST_PAUSE = 60_000;

/**
 * Returns how long to wait before a failed request is retried.
 * @param retryAfter the pause that the server asks for, in milliseconds; null for none
 * @param attempt number of previous retries
 * @returns milliseconds, or null for no retry
 */
export function retryPause(error: NotesightError, retryAfter: number | null, attempt: number): number | null {
  const usual = PAUSES[attempt];
  if (usual === undefined || !isTransient(error)) return null;
  if (retryAfter === null) return usual;
  return retryAfter > LONGEST_PAUSE ? null : Math.max(usual, retryAfter);
}

/**
 * Parses a Retry-After header: seconds or a date.
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, or null if the header is missing or invalid
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
