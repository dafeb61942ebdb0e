import type { ErrorCode, ErrorData } from '../errors.ts';

/** Where the words are read: a shell has commands, an editor has settings and buttons. */
export type ExplainHost = 'cli' | 'editor';

/** The same words everywhere, or others in each host. */
export type HostWords = string | Readonly<Record<ExplainHost, string>>;

/** What is wrong and what to do about it, without the full stop at the end. */
export interface ExplainWords {
  readonly message: HostWords;
  readonly advice: HostWords;
}

/** The words of one language for every error. */
export type ExplainTable = (code: ErrorCode, data: ErrorData) => ExplainWords;
