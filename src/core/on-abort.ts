/** What is to be called for each signal. */
const listening = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when a signal is aborted, at once where it already is. However much listens, the signal has one listener:
 * a batch has dozens of things under way that end with it, and Node takes more than ten for a leak.
 * @returns ends the listening
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
