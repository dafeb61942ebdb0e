import type { ErrorCode } from '../errors.ts';
import { fingerprint } from '../image/fingerprint.ts';
import { locate, type LocatePorts, type Whereabouts } from './locate.ts';

/** As `locate`, but an image is looked at once a session. */
export type Locator = (file: string, language: string, signal: AbortSignal) => Promise<Whereabouts>;

/** Why a model did not tell, where asking it again would change nothing; one that was lacking may be there by now. */
const FOR_GOOD: readonly ErrorCode[] = ['answer_unusable', 'model_looped'];

/**
 * Remembers what is where for as long as it lives.
 * @param choice names the choice of server and model, with another of which images are looked at anew
 */
export function createLocator(ports: LocatePorts, choice: () => string): Locator {
  const known = new Map<string, Whereabouts>();
  return async (file, language, signal) => {
    const print = await fingerprint(await ports.images.read(file, signal));
    const key = JSON.stringify([print, language, choice()]);
    const found = known.get(key) ?? (await locate(file, language, ports, signal));
    if (found.missed === null || FOR_GOOD.includes(found.missed.code)) known.set(key, found);
    return found;
  };
}
