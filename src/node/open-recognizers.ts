import type { Recognizers } from '../core/ports.ts';
import { createObjectDetector } from './object-detector.ts';
import { createTesseractReader } from './tesseract-reader.ts';

/** Recognizers that hold threads until they are closed. */
export interface OpenRecognizers extends Recognizers {
  close(): Promise<void>;
}

/** The local recognizers. Each starts on first use. */
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
