import type { Experts } from '../core/ports.ts';
import { createThingFinder } from './object-detector.ts';
import { createTesseractReader } from './tesseract-reader.ts';

/** Experts that hold threads until they are closed. */
export interface OpenExperts extends Experts {
  close(): Promise<void>;
}

/** Those of this machine. Each starts when it is first asked. */
export function openExperts(): OpenExperts {
  const text = createTesseractReader();
  const things = createThingFinder();
  return {
    text,
    things,
    async close() {
      await Promise.all([text.close(), things.close()]);
    },
  };
}
