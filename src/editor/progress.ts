import type { BatchState } from './status-text.ts';

/** How far all that runs is, as one; null where nothing does. */
export function sumProgress(running: readonly Progress[]): Progress | null {
  if (running.length === 0) return null;
  return {
    done: running.reduce((sum, { done }) => sum + done, 0),
    total: running.reduce((sum, { total }) => sum + total, 0),
    answers: running.flatMap(({ answers }) => answers).sort((a, b) => a.at - b.at),
    startedAt: Math.min(...running.map(({ startedAt }) => startedAt)),
  };
}

/** How far the work that runs now is. */
export type Progress = Omit<BatchState, 'now'>;
