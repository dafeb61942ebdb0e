import type { PixelRegion, PixelSize } from '../ports.ts';

/** A part of an image, with its place among the others, counted from 0. */
export interface Tile extends PixelRegion {
  readonly row: number;
  readonly column: number;
}

/** The parts of an image, row by row. */
export interface Tiles {
  readonly rows: number;
  readonly columns: number;
  readonly tiles: readonly Tile[];
}

/** How much of its side a tile has in common with the next: a word on the cut stands whole in one of them. */
const OVERLAP = 0.1;
/** A tile that is shrunk to no less than this share is as good as at full resolution, and spares a row of others. */
const FULL = 0.9;
const ROUNDING = 1.08;

/**
 * Cuts an image into overlapping tiles that a model sees at full resolution: as few as do. Where the limit is too few for
 * that, those that are shrunk least.
 * @param source the upright size of the image, in pixels
 * @param inputSize from the size of an image to the one that the model makes the most of
 * @param most how many tiles at most: each is a request
 */
export function cutTiles(
  source: PixelSize,
  inputSize: (source: PixelSize) => PixelSize,
  most: number,
): Tiles {
  let best = gridOf(source, 1, 1, inputSize);
  for (let rows = 1; rows <= most; rows++) {
    for (let columns = 1; rows * columns <= most; columns++) {
      const grid = gridOf(source, rows, columns, inputSize);
      if (isBetter(grid, best)) best = grid;
    }
  }
  const { rows, columns } = best;
  const xs = cuts(source.width, columns);
  const ys = cuts(source.height, rows);
  const tiles = ys.flatMap(([y, height], row) =>
    xs.map(([x, width], column) => ({ x, y, width, height, row, column })),
  );
  return { rows, columns, tiles };
}

interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** To what share of its size a tile is shrunk. */
  readonly scale: number;
  /** The longer side of a tile by the shorter one: what is long and narrow tells little of what stands in it. */
  readonly narrowness: number;
}

function gridOf(
  source: PixelSize,
  rows: number,
  columns: number,
  inputSize: (source: PixelSize) => PixelSize,
): Grid {
  const width = span(source.width, columns);
  const height = span(source.height, rows);
  const sent = inputSize({ width, height });
  const scale = Math.min(1, sent.width / width, sent.height / height);
  return { rows, columns, scale, narrowness: Math.max(width / height, height / width) };
}

function isBetter(one: Grid, other: Grid): boolean {
  const [full, otherFull] = [one.scale >= FULL, other.scale >= FULL];
  const [count, otherCount] = [one.rows * one.columns, other.rows * other.columns];
  if (full !== otherFull) return full;
  if (full && count !== otherCount) return count < otherCount;
  // The sizes of a model are rounded: a little more is by chance.
  const gain = one.scale / other.scale;
  if (!full && (gain > ROUNDING || gain < 1 / ROUNDING)) return gain > 1;
  return one.narrowness < other.narrowness;
}

/** The side of a tile, in pixels, where so many with their overlap make up a length. */
function span(length: number, count: number): number {
  return Math.min(length, Math.ceil(length / (count - (count - 1) * OVERLAP)));
}

/** Where the tiles begin, and how long they are, in whole pixels. */
function cuts(length: number, count: number): [number, number][] {
  const side = span(length, count);
  return Array.from({ length: count }, (_, index) => {
    const start = count === 1 ? 0 : Math.round((index * (length - side)) / (count - 1));
    return [start, side];
  });
}
