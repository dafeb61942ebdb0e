import type { Recognizers } from '../core/ports.ts';
import { createObjectDetector } from './object-detector.ts';
import { createTesseractReader } from './tesseract-reader.ts';

/** Experts that hold threads until they are closed. */
export interface OpenRecognizers extends Recognizers {
  close(): Promise<void>;
}

/** Those of this machine. Each starts when it is first asked. */
export function openRecognizers(): OpenRecognizers {
  const text = createTesseractReader();
  const objects = createObjectDetector();
  return {
    text,
    objects,
    async close() {
      await Promise.all([text.close(), objects.close()]);
    },
  };
}
