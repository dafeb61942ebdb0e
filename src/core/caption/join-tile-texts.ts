import type { PartPlace } from '../model/image-description.ts';

/** The text that was read in one tile of an image. */
export interface TileText {
  readonly place: PartPlace;
  readonly text: string;
}

/**
 * Minimum letters and digits of a line that is taken for a duplicate: shorter lines may occur in an image more than
 * once.
 */
const MIN_LETTERS = 4;
/** UTF-16 units that the ends of two lines must share to count as one split line. */
const MIN_SHARED = 4;

/**
 * Joins the text of overlapping tiles, row by row. Lines in the overlap that both tiles contain appear once, and a
 * line that was split is joined if its pieces share at least `MIN_SHARED` units.
 */
export function joinTileTexts(parts: readonly TileText[]): string {
  const lines: Line[] = [];
  for (const { place, text } of parts) {
    const near = lines.filter(({ places }) => places.some((other) => touches(other, place)));
    const above = near.filter(({ places }) => places.some(({ row }) => row < place.row));
    const read = text.split('\n').map((line) => line.trim());
    const fresh = withoutOverlap(
      above.map((line) => line.text),
      read.filter((line) => line !== ''),
    );
    for (const line of fresh) {
      const known = near.find((other) => isDistinct(line) && holds(other.text, line));
      const begun = known ?? near.find((other) => beside(other, place) && joined(other.text, line) !== null);
      const longer = begun ?? near.find((other) => isDistinct(other.text) && holds(line, other.text));
      if (longer === undefined) {
        lines.push({ text: line, places: [place] });
        continue;
      }
      if (begun === undefined) longer.text = line;
      else if (known === undefined) longer.text = joined(longer.text, line) ?? longer.text;
      longer.places.push(place);
    }
  }
  return lines.map(({ text }) => text).join('\n');
}

interface Line {
  text: string;
  /** The tiles it was read in. */
  readonly places: PartPlace[];
}

function touches(one: PartPlace, other: PartPlace): boolean {
  return Math.abs(one.row - other.row) <= 1 && Math.abs(one.column - other.column) <= 1 && one !== other;
}

/** Whether a line began in the tile to the left of this one. */
function beside({ places }: Line, { row, column }: PartPlace): boolean {
  return places.some((place) => place.row === row && place.column === column - 1);
}

/** Without the first lines that repeat the last lines above. */
function withoutOverlap(above: readonly string[], lines: readonly string[]): readonly string[] {
  for (let count = Math.min(above.length, lines.length); count > 0; count--) {
    const ends = above.slice(-count);
    if (ends.every((line, at) => plain(line) === plain(lines[at] ?? ''))) return lines.slice(count);
  }
  return lines;
}

/** The form used for comparison: models are inconsistent about spaces and case. */
function plain(line: string): string {
  return line.replace(/\s+/g, ' ').toLowerCase();
}

function holds(line: string, piece: string): boolean {
  return plain(line).includes(plain(piece));
}

function isDistinct(line: string): boolean {
  return (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= MIN_LETTERS;
}

/**
 * Two pieces of a line, joined where the end of one repeats the beginning of the other; null if they don't overlap.
 */
function joined(left: string, right: string): string | null {
  for (let shared = Math.min(left.length, right.length) - 1; shared >= MIN_SHARED; shared--) {
    if (plain(left.slice(-shared)) === plain(right.slice(0, shared))) return left + right.slice(shared);
  }
  return null;
}
