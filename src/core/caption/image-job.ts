import type { ImageContext } from '../model/image-description.ts';

/** An image to describe. */
export interface ImageJob {
  readonly file: string;
  /** The fingerprint of its bytes. */
  readonly print: string;
  readonly context: ImageContext;
  /** Identifies the prompt in the context; '' for the standard one. */
  readonly promptPrint: string;
  readonly signal: AbortSignal;
}
