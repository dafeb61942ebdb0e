import type { Recognizers } from '../core/ports.ts';
import { createObjectDetector } from './object-detector.ts';
import { createTesseractReader } from './tesseract-reader.ts';

/** Recognizers that hold threads until they are closed. */
export interface OpenRecognizers extends Recognizers {
  close(): Promise<void>;
}

/**
 * The local recognizers. Each starts on first use.
 * @param folder a folder with the files of `dist/recognizers`
 */
export function openRecognizers(folder: string): OpenRecognizers {
  const text = createTesseractReader(folder);
  const objects = createObjectDetector(folder);
  return {
    text,
    objects,
    async close() {
      await Promise.all([text.close(), objects.close()]);
    },
  };
}
