import { isServerAway } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { BatchStop } from './batch-stop.ts';
import { createChangeWaiter } from './change-waiter.ts';

/** Milliseconds before an image is tried again, unless another image is answered sooner. */
const PAUSE = 2_000;

/** Distinguishes a server that is gone from an image that makes it fail. */
export interface Outage {
  /**
   * Describes an image, and tries a second time if the server fails. If it fails again, the cause is
   * - the image, if others were answered in the meantime, or if the server is up and no other image is in progress;
   * - the server otherwise: then `onStop` is called first.
   * @throws the error of the last try
   */
  attempt<T>(file: string, run: () => Promise<T>): Promise<T>;
  /**
   * Must be called as soon as the server has answered. Later steps, such as storing the answer, take time, and the
   * server may be gone by then.
   */
  readonly answered: () => void;
}

/**
 * @param suspect an image that may have crashed the server before: it is tried once, after another image was answered
 * @param signal ends every wait; later tries are expected to fail
 */
export function createOutage(
  suspect: string | null,
  onStop: (stop: BatchStop) => void,
  signal: AbortSignal,
  pause = PAUSE,
): Outage {
  let answers = 0;
  /** Images in progress, and how many of them wait for the results of others. */
  let underWay = 0;
  let waiting = 0;
  /** Images that failed twice in a row, with no answer in between. */
  let broken = 0;
  /** The first failure since the last answer, and when it happened (milliseconds). */
  let failing: { readonly file: string; readonly since: number } | null = null;
  const { changed, until } = createChangeWaiter(signal);

  async function untilOthersFinish(since: number): Promise<void> {
    waiting++;
    changed();
    await until(() => answers > since || underWay === waiting, null);
    waiting--;
  }

  function stop(error: NotesightError): void {
    if (!signal.aborted) onStop({ reason: 'server', error, suspect: failing?.file ?? null });
  }

  function answered(): void {
    answers++;
    broken = 0;
    failing = null;
    changed();
  }

  /** @returns the error if the try failed because of the server */
  async function tryOnce<T>(
    file: string,
    run: () => Promise<T>,
  ): Promise<{ readonly value: T } | { readonly error: NotesightError }> {
    try {
      return { value: await run() };
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (isServerAway(error) || error.code === 'server_crashed') {
        failing ??= { file, since: Date.now() };
        // The request may have waited for minutes, so there is no need for another try.
        if (isServerAway(error) && Date.now() - failing.since > pause) stop(error);
        return { error };
      }
      throw error;
    }
  }

  return {
    answered,
    async attempt(file, run) {
      underWay++;
      try {
        const first = file === suspect ? null : await tryOnce(file, run);
        if (first !== null && 'value' in first) return first.value;
        const since = answers;
        await until(() => answers > since, pause);
        if (first === null) await untilOthersFinish(since);
        const second = await tryOnce(file, run);
        if ('value' in second) return second.value;
        const { error } = second;
        if (answers > since) throw error;
        if (error.code === 'server_crashed' && ++broken === 1) await untilOthersFinish(since);
        else stop(error);
        throw error;
      } finally {
        underWay--;
        changed();
      }
    },
  };
}
