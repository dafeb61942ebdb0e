import type { Recognizer, DetectedObject, ReadLine } from '../../src/core/ports.ts';

/** A reader that finds these lines, and is sure of every word. */
export const reads = (...lines: string[]): Recognizer<ReadLine> => ({
  look: () =>
    Promise.resolve(
      lines.map((line) => ({
        height: 9,
        words: line.split(' ').map((text) => ({ text, confidence: 95 })),
      })),
    ),
});

/** A finder that finds these things, all in one place. */
export const finds = (...labels: string[]): Recognizer<DetectedObject> => ({
  look: () =>
    Promise.resolve(labels.map((label) => ({ label, score: 0.6, box: { x: 0, y: 0, width: 9, height: 9 } }))),
});
