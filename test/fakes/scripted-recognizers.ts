import type { Recognizer, DetectedObject, ReadLine } from '../../src/core/ports.ts';

/** An OCR recognizer that returns these lines with full confidence. */
export const reads = (...lines: string[]): Recognizer<ReadLine> => ({
  look: () =>
    Promise.resolve(
      lines.map((line) => ({
        height: 9,
        words: line.split(' ').map((text) => ({ text, confidence: 95 })),
      })),
    ),
});

/** An object detector that returns these objects, all at one position. */
export const finds = (...labels: string[]): Recognizer<DetectedObject> => ({
  look: () =>
    Promise.resolve(labels.map((label) => ({ label, score: 0.6, box: { x: 0, y: 0, width: 9, height: 9 } }))),
});
