/** The functions to call for each signal. */
const listening = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when a signal is aborted, or at once if it already is. All callers share one listener per signal:
 * dozens of operations of a batch wait for the same signal, and Node reports more than ten listeners as a leak.
 * @returns a function that removes `stop`
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  if (signal.aborted) {
    stop();
    return () => undefined;
  }
  const stops = listening.get(signal) ?? listenTo(signal);
  const entry = (): void => {
    stop();
  };
  stops.add(entry);
  return () => {
    stops.delete(entry);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const stops = new Set<() => void>();
  listening.set(signal, stops);
  signal.addEventListener(
    'abort',
    () => {
      for (const stop of stops) stop();
    },
    { once: true },
  );
  return stops;
}
