import type { Fetch } from '../ports.ts';

/** How long a request may take, in milliseconds. */
export interface TimeLimits {
  /** Until the first token: a large model is loaded from disk and looks at the image, on a slow machine too. */
  readonly firstToken: number;
  /** From one token to the next. */
  readonly nextToken: number;
  /** For a question about the server itself, the whole answer. */
  readonly discovery: number;
  /** From one line of a download's progress to the next: checking the sum of a large file says nothing. */
  readonly pullProgress: number;
}

export const TIME_LIMITS: TimeLimits = {
  firstToken: 10 * 60_000,
  nextToken: 2 * 60_000,
  discovery: 5_000,
  pullProgress: 10 * 60_000,
};

/** Tokens: the prompt, one image as large as any model is sent, and the longest answer fit. */
export const DEFAULT_CONTEXT = 8192;

/** Where a server with models answers, and the means to talk to it. */
export interface ModelServer {
  /** As `ollamaHost` returns it. */
  readonly host: string;
  readonly fetch: Fetch;
  /** TIME_LIMITS where left out. */
  readonly limits?: Partial<TimeLimits>;
  /** Waits for some milliseconds before a busy server is asked again. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** How many images it is shown at once, where the user says it for this server. */
  readonly atOnce?: number;
}
