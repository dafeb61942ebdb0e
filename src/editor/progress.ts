import type { BatchState } from './status-text.ts';

/** Sums the progress of all running work; null if nothing is running. */
export function sumProgress(running: readonly Progress[]): Progress | null {
  if (running.length === 0) return null;
  return {
    done: running.reduce((sum, { done }) => sum + done, 0),
    total: running.reduce((sum, { total }) => sum + total, 0),
    answers: running.flatMap(({ answers }) => answers).sort((a, b) => a.at - b.at),
    startedAt: Math.min(...running.map(({ startedAt }) => startedAt)),
  };
}

/** Progress of the work that is running. */
export type Progress = Omit<BatchState, 'now'>;
