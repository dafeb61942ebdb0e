import type { FittedImage, ReadLine } from '../ports.ts';

/** The kind of an image, as far as its shape and text show. */
export type ImageCategory = 'slide' | 'chart' | 'text' | 'photo';

/** The shapes that slides are made for: screens of 16:9 and 16:10, projectors of 4:3. */
const SLIDE_SHAPES = [16 / 9, 16 / 10, 4 / 3];
const SHAPE_TOLERANCE = 0.02;
/**
 * The minimum height of a heading, as a share of the image's height. Measured: the tallest lines of 33 slides 0.051
 * (one with a chart) to 0.19; screenshots of programs up to 0.037.
 */
const HEADING = 0.045;

/** An axis has numbers. Measured: 0.40 to 0.44 of a chart's words, at most 0.3 in tables and timetables. */
const NUMBER_SHARE = 0.35;
const FEWEST_NUMBERS = 5;
/** The maximum median number of words per line of a chart, since labels are short. */
const LABEL_WORDS = 3;

/**
 * @param text the readable lines; empty if there is no text
 * @param hasObjects whether any objects were found
 */
export function imageCategory(
  image: FittedImage,
  lines: readonly ReadLine[],
  text: readonly string[],
  hasObjects: boolean,
): ImageCategory {
  if (isSlide(image, lines, text)) return 'slide';
  if (isChart(text)) return 'chart';
  return text.length > 0 && !hasObjects ? 'text' : 'photo';
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
