import { NotesightError } from './errors.ts';
import { onAbort } from './on-abort.ts';

/**
 * Runs `work` until it ends, the user stops it or it takes too long. What can't be interrupted goes on unseen; what can
 * listens to the signal that `work` gets, and whose reason is the error.
 *
 * @param milliseconds how long it may take
 * @param tooLong the error for when it takes longer
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
