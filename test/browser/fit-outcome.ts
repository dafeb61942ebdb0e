import type { ErrorCode, ErrorData } from '../../src/core/errors.ts';
import type { FittedImage, PixelSize } from '../../src/core/ports.ts';

/** The result of a fit in a page, passed to the test as JSON. */
export type FitOutcome =
  (Omit<FittedImage, 'bytes'> & { readonly base64: string; readonly source: PixelSize }) | FitFailure;

export interface FitFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: ErrorData;
  readonly cause: string | null;
}
