/** Milliseconds. Opening the models of a server takes less; changing what it serves takes longer. */
const FRESH = 2_000;

/** Returns a function that asks again only after a failure or when its last result is two seconds old. */
export function recent<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  now: () => number = Date.now,
): (signal: AbortSignal) => Promise<T> {
  let last: { readonly at: number; readonly value: T } | null = null;
  return async (signal) => {
    if (last === null || now() - last.at > FRESH) last = { value: await ask(signal), at: now() };
    return last.value;
  };
}
