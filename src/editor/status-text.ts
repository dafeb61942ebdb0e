/** An answer that came in. */
export interface BatchAnswer {
  /** When, in milliseconds. */
  readonly at: number;
  /** Whether it was remembered: then it cost no time. */
  readonly cached: boolean;
}

/** How far a batch is. Times are milliseconds of one clock. */
export interface BatchState {
  readonly done: number;
  readonly total: number;
  readonly startedAt: number;
  readonly now: number;
  /** In the order they came, from the first on. */
  readonly answers: readonly BatchAnswer[];
}

export interface BatchStatus {
  /** Such as `3/12`. */
  readonly text: string;
  /** Milliseconds, or null while it can't be told: until the model has given two answers. */
  readonly timeLeft: number | null;
}

/** An even number: where two images are asked about at once and answered together, the middle lies between. */
const ANSWERS_THAT_COUNT = 8;

/** How far a batch is, and how long it still takes if the model goes on as it did with its last answers. */
export function statusText({ done, total, startedAt, now, answers }: BatchState): BatchStatus {
  const text = `${done}/${total}`;
  if (done >= total) return { text, timeLeft: 0 };
  const times = [startedAt, ...answers.filter(({ cached }) => !cached).map(({ at }) => at)];
  if (times.length < 3) return { text, timeLeft: null };
  const durations = times.slice(1).map((at, index) => at - (times[index] ?? at));
  // One slow answer, as the first is, for which the model was loaded, doesn't count.
  const each = median(durations.slice(-ANSWERS_THAT_COUNT));
  const underWay = Math.min(each, Math.max(0, now - (times.at(-1) ?? now)));
  return { text, timeLeft: (total - done) * each - underWay };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
