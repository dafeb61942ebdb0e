/** Waits for conditions on values that change. */
export interface ChangeWaiter {
  /** Must be called after each change of a value. */
  readonly changed: () => void;
  /**
   * Resolves once the condition holds, the time is over, or the signal is aborted.
   * @param milliseconds the maximum wait; null for no limit
   */
  readonly until: (condition: () => boolean, milliseconds: number | null) => Promise<void>;
}

export function createChangeWaiter(signal: AbortSignal): ChangeWaiter {
  const checks = new Set<() => void>();
  return {
    changed() {
      for (const check of checks) check();
    },
    until(condition, milliseconds) {
      return new Promise((resolve) => {
        function check(): void {
          if (condition()) end();
        }
        function end(): void {
          clearTimeout(timer);
          checks.delete(check);
          signal.removeEventListener('abort', end);
          resolve();
        }
        const timer = milliseconds === null ? undefined : setTimeout(end, milliseconds);
        checks.add(check);
        signal.addEventListener('abort', end, { once: true });
        if (signal.aborted) end();
        else check();
      });
    },
  };
}
