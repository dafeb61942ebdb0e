import type { FittedImage } from '../../../core/ports.ts';

/** To the worker of an expert: once the files of the pack by their names, then images. Its answers are `RecognizerAnswer`s. */
export type ExpertRequest =
  | { readonly type: 'files'; readonly files: ReadonlyMap<string, Blob> }
  | { readonly type: 'look'; readonly image: FittedImage };
