import { NotesightError } from './errors.ts';
import { onAbort } from './on-abort.ts';

/**
 * Runs `work` until it ends, the user stops it, or it takes too long. Work that can't be interrupted continues in the
 * background; other work listens to the signal passed to `work`, whose reason is the error.
 * @param milliseconds the time limit
 * @param tooLong the error when the limit is exceeded
 * @throws NotesightError `cancelled`, `tooLong`
 */
export async function withTimeLimit<T>(
  signal: AbortSignal,
  milliseconds: number,
  tooLong: NotesightError,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => {
      reject(limit.signal.reason instanceof Error ? limit.signal.reason : tooLong);
    });
  });
  const timer = setTimeout(() => {
    limit.abort(tooLong);
  }, milliseconds);
  const stopListening = onAbort(signal, () => {
    limit.abort(new NotesightError('cancelled', 'stopped by the user'));
  });
  try {
    return await Promise.race([stopped, limit.signal.aborted ? stopped : work(limit.signal)]);
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
