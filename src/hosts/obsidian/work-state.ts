import type { Progress } from '../../editor/progress.ts';
import { statusText } from '../../editor/status-text.ts';
import type { UnfinishedBatch } from '../../editor/unfinished-batch.ts';
import type { Words } from './messages/en.ts';

/** What runs, waits, or can be resumed. */
export interface WorkState {
  /** All running work; null if nothing is running. */
  readonly progress: Progress | null;
  /** The part of it that no dialog shows. */
  readonly writing: Progress | null;
  /** The number of images queued until the server responds. */
  readonly queued: number;
  /** The batch that can be resumed. */
  readonly paused: UnfinishedBatch | null;
}

/** The number of images that are not done; null if nothing runs or waits, or the number is not known yet. */
export function imagesLeft({ progress, queued, paused }: WorkState): number | null {
  const batch = progress ?? paused;
  // The running image may be a queued one.
  const left = Math.max(queued, batch === null ? 0 : batch.total - batch.done);
  return left > 0 ? left : null;
}

export const isBusy = ({ progress, queued, paused }: WorkState): boolean =>
  progress !== null || paused !== null || queued > 0;

/** The text with the time left, if it is known, such as `3/12 · about 2 minutes left`. */
export function withTimeLeft(text: string, progress: Progress, { status }: Words): string {
  const { timeLeft } = statusText({ ...progress, now: Date.now() });
  return timeLeft === null ? text : `${text} · ${status.timeLeft(timeLeft / 1000)}`;
}
