import { isServerAtFault, isServerAway, isStorageFull } from '../error-kinds.ts';
import type { NotesightError } from '../errors.ts';

/** What stops a batch: `server` is the server or its model, `storage` is where answers or notes are written. */
export type StopReason = 'server' | 'storage';

/** Why a batch stopped before all of its images were done. */
export interface BatchStop {
  readonly reason: StopReason;
  readonly error: NotesightError;
  /** The image that was being described when the server failed; null for none. It may have caused the failure. */
  readonly suspect: string | null;
}

/**
 * The reason to stop at once because every other image would fail in the same way; null for an error of one image. A
 * server that does not answer is tried once more first: see `outage.ts`.
 */
export function stopReasonOf(error: NotesightError): StopReason | null {
  if (isStorageFull(error)) return 'storage';
  return isServerAtFault(error) && !isServerAway(error) ? 'server' : null;
}
