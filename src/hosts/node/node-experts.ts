import type { Experts } from '../../core/ports.ts';
import { createTesseractReader } from './tesseract-reader.ts';
import { createThingFinder } from './thing-finder.ts';

/** The experts of this machine. Their threads start when they are first needed, and go on until they are closed. */
export interface NodeExperts extends Experts {
  close(): Promise<void>;
}

export function createNodeExperts(): NodeExperts {
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
