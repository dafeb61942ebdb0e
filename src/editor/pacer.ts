/** Milliseconds of work before the interface gets its turn. Slow machines then still stay below 50, a long task. */
const SLICE = 8;

/** Splits long work on the thread of the interface into slices. */
export interface Pacer {
  /** Whether the slice is used up. */
  readonly isDue: boolean;
  /** Lets the interface draw and handle input, then begins the next slice. */
  rest(): Promise<void>;
}

export function createPacer(): Pacer {
  let end = performance.now() + SLICE;
  return {
    get isDue() {
      return performance.now() >= end;
    },
    async rest() {
      await new Promise((resolve) => setTimeout(resolve));
      end = performance.now() + SLICE;
    },
  };
}
