import { NotesightError } from '../core/errors.ts';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/**
 * Loads sharp on first use. Loading takes 0.1 seconds, which commands without images should not spend.
 * @throws NotesightError `image_unsupported` if sharp has no build for this machine
 */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(
    ({ default: sharp }) => {
      // Each image is read once, so a cache of decoded images would only use memory.
      sharp.cache(false);
      return sharp;
    },
    (cause: unknown) => {
      throw new NotesightError('image_unsupported', 'sharp has no build for this machine', { cause });
    },
  );
  return loaded;
}
