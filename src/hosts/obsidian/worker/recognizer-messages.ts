import type { FittedImage } from '../../../core/ports.ts';

/**
 * Messages to the worker of a recognizer: first the files of the pack by name, then images. Answers are
 * `RecognizerAnswer`s.
 */
export type RecognizerRequest =
  | { readonly type: 'files'; readonly files: ReadonlyMap<string, Blob> }
  | { readonly type: 'look'; readonly image: FittedImage };
