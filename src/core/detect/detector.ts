import { isUnusableAnswer } from '../error-kinds.ts';
import { fingerprint } from '../image/fingerprint.ts';
import { locate, type LocatePorts, type Whereabouts } from './detect-objects.ts';

/** As `locate`, but an image is looked at once a session. */
export type Locator = (file: string, language: string, signal: AbortSignal) => Promise<Whereabouts>;

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
    if (found.missed === null || isUnusableAnswer(found.missed)) known.set(key, found);
    return found;
  };
}
