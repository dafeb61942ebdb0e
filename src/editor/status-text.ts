/** An answer that was received. */
export interface BatchAnswer {
  /** When it was received, in milliseconds. */
  readonly at: number;
  /** Whether the answer came from the cache and took no time. */
  readonly cached: boolean;
}

/** Progress of a batch. Times are in milliseconds of one clock. */
export interface BatchState {
  readonly done: number;
  readonly total: number;
  readonly startedAt: number;
  readonly now: number;
  /** In the order they were received. */
  readonly answers: readonly BatchAnswer[];
}

export interface BatchStatus {
  /** Such as `3/12`. */
  readonly text: string;
  /** Estimated milliseconds left; null until the model has returned two answers. */
  readonly timeLeft: number | null;
}

/** Even, so that the median falls between the two when answers arrive in pairs. */
const ANSWERS_THAT_COUNT = 8;

/** The progress of a batch and the time left, assuming the model keeps the pace of its recent answers. */
export function statusText({ done, total, startedAt, now, answers }: BatchState): BatchStatus {
  const text = `${done}/${total}`;
  if (done >= total) return { text, timeLeft: 0 };
  const times = [startedAt, ...answers.filter(({ cached }) => !cached).map(({ at }) => at)];
  if (times.length < 3) return { text, timeLeft: null };
  const durations = times.slice(1).map((at, index) => at - (times[index] ?? at));
  // The median ignores a single slow answer, such as the first one, which includes loading the model.
  const each = median(durations.slice(-ANSWERS_THAT_COUNT));
  const underWay = Math.min(each, Math.max(0, now - (times.at(-1) ?? now)));
  return { text, timeLeft: (total - done) * each - underWay };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
