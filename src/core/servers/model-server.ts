import type { Fetch } from '../ports.ts';

/** Time limits of requests, in milliseconds. */
export interface TimeLimits {
  /** Until the first token. Includes loading a large model and reading the image, even on a slow computer. */
  readonly firstToken: number;
  /** Between two tokens. */
  readonly nextToken: number;
  /** For a complete answer to a request about the server itself. */
  readonly discovery: number;
  /** Between two progress lines of a download. Verifying a large file reports no progress. */
  readonly pullProgress: number;
}

export const TIME_LIMITS: TimeLimits = {
  firstToken: 10 * 60_000,
  nextToken: 2 * 60_000,
  discovery: 5_000,
  pullProgress: 10 * 60_000,
};

/** Tokens. Fits the prompt, an image at the maximum size of any model, and the longest answer. */
export const DEFAULT_CONTEXT = 8192;

/** The address of a model server and the means to access it. */
export interface ModelServer {
  /** As returned by `ollamaHost`. */
  readonly host: string;
  readonly fetch: Fetch;
  /** Defaults to `TIME_LIMITS`. */
  readonly limits?: Partial<TimeLimits>;
  /** Waits the given milliseconds before a retry. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Maximum number of parallel requests, if set for this server. */
  readonly atOnce?: number;
}
