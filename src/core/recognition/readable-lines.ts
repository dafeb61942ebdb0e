import type { ReadLine, ReadWord } from '../ports.ts';

/** OCR's confidence, 0 to 100, from which a word is taken for what stands there. */
const SURE = 70;
/** A word below this is noise even in a good line; what has no letters must be sure, for arrows and borders look like it. */
const NOISE = 30;
/** Shorter words come out of noise, too. */
const SHORTEST_TELLING = 3;

/**
 * The share of all letters that stand in sure words of some length, from which an image has text at all. Measured: 28
 * slides 0.66 (a formula) to 0.98; a photo of a circuit board with small print 0.27, other photos 0.
 */
const TEXT_SHARE = 0.4;
/** The same for one line, in words of any length, for a line may be one number. */
const LINE_SHARE = 0.5;

/**
 * Tells text from what OCR makes of leaves and bricks.
 *
 * @returns the lines that were read with confidence, without bullets and specks; none where the image holds no text
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

/** The share of the letters that stand in the words that `counts`; 0 where there are no letters. */
function share(words: readonly ReadWord[], counts: (word: ReadWord) => boolean): number {
  let all = 0;
  let counted = 0;
  for (const word of words) {
    all += letters(word);
    if (counts(word)) counted += letters(word);
  }
  return all === 0 ? 0 : counted / all;
}

/** Without the words at both ends that have no letters: bullets and the borders of boxes. */
function inner(words: readonly ReadWord[]): readonly ReadWord[] {
  const isText = (word: ReadWord) => letters(word) > 0;
  return words.slice(words.findIndex(isText), words.findLastIndex(isText) + 1);
}
