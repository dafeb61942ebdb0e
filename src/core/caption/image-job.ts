import type { ImageContext } from '../model/image-description.ts';

/** An image to describe. */
export interface ImageJob {
  readonly file: string;
  /** The fingerprint of its bytes. */
  readonly print: string;
  readonly context: ImageContext;
  readonly signal: AbortSignal;
}
