import { NotesightError } from '../core/errors.ts';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/**
 * Loads sharp once, when it is first needed: it takes a tenth of a second, for which commands that look at no image
 * shall not wait.
 *
 * @throws NotesightError `image_unsupported` where sharp has no build for the machine
 */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(
    ({ default: sharp }) => {
      // Every image comes once; a cache of decoded ones would only hold memory.
      sharp.cache(false);
      return sharp;
    },
    (cause: unknown) => {
      throw new NotesightError('image_unsupported', 'sharp has no build for this machine', { cause });
    },
  );
  return loaded;
}
