import type { ErrorCode, ErrorData } from '../errors.ts';

/** An error message and advice, without the final period. */
export interface ExplainWords {
  readonly message: string;
  readonly advice: string;
}

/** The messages for every error in one language. */
export type ExplainTable = (code: ErrorCode, data: ErrorData) => ExplainWords;
