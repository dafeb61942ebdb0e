import { isUnusableAnswer } from '../error-kinds.ts';
import { fingerprint } from '../image/fingerprint.ts';
import { detectObjects, type DetectPorts, type Detections } from './detect-objects.ts';

/** As `locate`, but an image is looked at once a session. */
export type Detector = (file: string, language: string, signal: AbortSignal) => Promise<Detections>;

/**
 * Remembers what is where for as long as it lives.
 * @param choice names the choice of server and model, with another of which images are looked at anew
 */
export function createDetector(ports: DetectPorts, choice: () => string): Detector {
  const known = new Map<string, Detections>();
  return async (file, language, signal) => {
    const print = await fingerprint(await ports.images.read(file, signal));
    const key = JSON.stringify([print, language, choice()]);
    const found = known.get(key) ?? (await detectObjects(file, language, ports, signal));
    if (found.missed === null || isUnusableAnswer(found.missed)) known.set(key, found);
    return found;
  };
}
