import { isUnusableAnswer } from '../error-kinds.ts';
import { fingerprint } from '../image/fingerprint.ts';
import { detectObjects, type DetectPorts, type Detections } from './detect-objects.ts';

/** Like `detectObjects`, but with a cache for the session. */
export type Detector = (file: string, language: string, signal: AbortSignal) => Promise<Detections>;

/**
 * Caches detections for as long as it exists.
 * @param choice identifies the server and model; if it changes, images are analyzed again
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
