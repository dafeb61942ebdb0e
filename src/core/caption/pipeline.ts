/** Limits how many tasks run at once. Tasks start in the order they were added. */
export function createSlots(count: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/**
 * Runs `work` on the items, at most `window` at a time, and yields the results in the order of the items. Items are
 * taken from the iterator only when there is room. `work` must not reject.
 */
export async function* mapAhead<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  window: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const underWay: Promise<R>[] = [];
  let ended = false;
  try {
    for (;;) {
      while (!ended && underWay.length < window) {
        const next = await source.next();
        if (next.done === true) ended = true;
        else underWay.push(work(next.value));
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await source.return?.();
    await Promise.all(underWay);
  }
}
