import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until the condition holds.
 * @param patience milliseconds
 * @throws Error with the expectation and the last value
 */
export async function until<T>(
  what: string,
  patience: number,
  look: () => T | Promise<T>,
  holds: (value: T) => boolean,
): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    const value = await look();
    if (holds(value)) return;
    if (performance.now() > end) throw new Error(`${what}, but it is ${JSON.stringify(value)}`);
    await sleep(Math.min(200, patience));
  }
}
