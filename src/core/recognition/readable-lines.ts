import type { ReadLine, ReadWord } from '../ports.ts';

/** The minimum confidence of OCR, 0 to 100, for a word to count as correct. */
const SURE = 70;
/**
 * A word below this is noise even in a good line. A word without letters needs `SURE`, because arrows and borders
 * look like one.
 */
const NOISE = 30;
/** Shorter words also occur in noise. */
const SHORTEST_TELLING = 3;

/**
 * The minimum share of letters in longer confident words for an image to contain text at all. Measured: 28 slides
 * 0.66 (a formula) to 0.98; a photo of a circuit board with small print 0.27, other photos 0.
 */
const TEXT_SHARE = 0.4;
/** The same for one line, but with words of any length, since a line may be a single number. */
const LINE_SHARE = 0.5;

/**
 * Separates text from what OCR reads in leaves and bricks.
 * @returns the lines that were read with confidence, without bullets and specks; none if the image contains no text
 */
export function readableLines(lines: readonly ReadLine[]): string[] {
  const telling = (word: ReadWord) => word.confidence >= SURE && letters(word) >= SHORTEST_TELLING;
  const all = lines.flatMap(({ words }) => words);
  if (share(all, telling) < TEXT_SHARE) return [];
  return lines
    .map(({ words }) => words.filter((word) => word.confidence >= (letters(word) > 0 ? NOISE : SURE)))
    .filter((words) => share(words, ({ confidence }) => confidence >= SURE) >= LINE_SHARE)
    .map((words) =>
      inner(words)
        .map(({ text }) => text.trim())
        .join(' '),
    );
}

function letters({ text }: ReadWord): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** The share of letters in the words that `counts` accepts; 0 without letters. */
function share(words: readonly ReadWord[], counts: (word: ReadWord) => boolean): number {
  let all = 0;
  let counted = 0;
  for (const word of words) {
    all += letters(word);
    if (counts(word)) counted += letters(word);
  }
  return all === 0 ? 0 : counted / all;
}

/** Removes the words without letters at both ends: bullets and borders. */
function inner(words: readonly ReadWord[]): readonly ReadWord[] {
  const isText = (word: ReadWord) => letters(word) > 0;
  return words.slice(words.findIndex(isText), words.findLastIndex(isText) + 1);
}
