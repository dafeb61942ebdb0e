import { NotesightError } from '../errors.ts';
import type { BatchStop } from './batch-stop.ts';

/** Stops a batch before all of its images are done. */
export interface EarlyStop {
  /** Aborted when the batch stops, for a reason of its own or by its caller. */
  readonly signal: AbortSignal;
  /** The first reason of its own; null if there is none. */
  readonly stop: BatchStop | null;
  readonly stopFor: (stop: BatchStop) => void;
}

/** @param callerSignal the signal of the caller */
export function createEarlyStop(callerSignal: AbortSignal): EarlyStop {
  const controller = new AbortController();
  let first: BatchStop | null = null;
  return {
    signal: AbortSignal.any([callerSignal, controller.signal]),
    get stop() {
      return first;
    },
    stopFor(stop) {
      first ??= stop;
      controller.abort(new NotesightError('cancelled', 'The batch stopped.'));
    },
  };
}
