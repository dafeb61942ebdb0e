import type { FittedImage, ReadLine } from '../ports.ts';

/** What an image is by its shape and its text, as far as that can be told without understanding it. */
export type ImageCategory = 'slide' | 'chart' | 'text' | 'photo';

/** What slides are made for: screens of 16:9 and 16:10, projectors of 4:3. */
const SLIDE_SHAPES = [16 / 9, 16 / 10, 4 / 3];
const SHAPE_TOLERANCE = 0.02;
/**
 * The height of the highest line, as a part of the image's, from which it is a heading. Measured on 33 slides, 0.051
 * (one with a chart) to 0.19; screenshots of programs are up to 0.037.
 */
const HEADING = 0.045;

/** An axis has numbers; measured, 0.40 to 0.44 of a chart's words, in tables and timetables no more than 0.3. */
const NUMBER_SHARE = 0.35;
const FEWEST_NUMBERS = 5;
/** The most words that the middle line of a chart has: labels stand alone. */
const LABEL_WORDS = 3;

/**
 * @param text what of the lines can be read; none where there is no text
 * @param hasThings whether something was found in it
 */
export function imageCategory(
  image: FittedImage,
  lines: readonly ReadLine[],
  text: readonly string[],
  hasThings: boolean,
): ImageCategory {
  if (isSlide(image, lines, text)) return 'slide';
  if (isChart(text)) return 'chart';
  return text.length > 0 && !hasThings ? 'text' : 'photo';
}

function isSlide(
  { width, height }: FittedImage,
  lines: readonly ReadLine[],
  text: readonly string[],
): boolean {
  const shape = width / height;
  const highest = Math.max(...lines.map((line) => line.height));
  return (
    text.length > 1 &&
    SLIDE_SHAPES.some((one) => Math.abs(shape / one - 1) < SHAPE_TOLERANCE) &&
    highest / height >= HEADING
  );
}

function isChart(text: readonly string[]): boolean {
  const lines = text.map((line) => line.split(' '));
  const words = lines.flat();
  const numbers = words.filter((word) => /^[-–+]?[$€£]?\d+(?:[.,]\d+)*[%kKMG]?$/.test(word));
  const counts = lines.map(({ length }) => length).sort((a, b) => a - b);
  return (
    numbers.length >= FEWEST_NUMBERS &&
    numbers.length / words.length >= NUMBER_SHARE &&
    (counts[Math.floor(counts.length / 2)] ?? 0) <= LABEL_WORDS
  );
}
