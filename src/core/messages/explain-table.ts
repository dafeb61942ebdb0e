import type { ErrorCode, ErrorData } from '../errors.ts';

/** What is wrong and what to do about it, without the full stop at the end. */
export interface ExplainWords {
  readonly message: string;
  readonly advice: string;
}

/** The words of one language for every error. */
export type ExplainTable = (code: ErrorCode, data: ErrorData) => ExplainWords;
