import type { PixelRegion, PixelSize } from '../ports.ts';

/** A tile of an image with its position, counted from 0. */
export interface Tile extends PixelRegion {
  readonly row: number;
  readonly column: number;
}

/** The tiles of an image, row by row. */
export interface Tiles {
  readonly rows: number;
  readonly columns: number;
  readonly tiles: readonly Tile[];
}

/**
 * Share of its side that a tile shares with the next one, so that a word on the edge is complete in one of
 * them.
 */
const OVERLAP = 0.1;
/** Minimum scale at which a shrunk tile is as good as at full resolution, which saves a row of tiles. */
const FULL = 0.9;
const ROUNDING = 1.08;

/**
 * Cuts an image into overlapping tiles, as few as needed to send them at full resolution. If the limit is too
 * low, chooses the tiles with the least shrinking.
 * @param source the upright size of the image, in pixels
 * @param inputSize returns the best input size of the model for an image size
 * @param most maximum number of tiles; each is a request
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
  /** Scale at which a tile is sent. */
  readonly scale: number;
  /** The longer side of a tile divided by the shorter one. Narrow tiles show little context. */
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
  // Input sizes are rounded, so small differences are not significant.
  const gain = one.scale / other.scale;
  if (!full && (gain > ROUNDING || gain < 1 / ROUNDING)) return gain > 1;
  return one.narrowness < other.narrowness;
}

/** Returns the side of each of `count` overlapping tiles that cover a length, in pixels. */
function span(length: number, count: number): number {
  return Math.min(length, Math.ceil(length / (count - (count - 1) * OVERLAP)));
}

/** Returns the start and length of each tile in whole pixels. */
function cuts(length: number, count: number): [number, number][] {
  const side = span(length, count);
  return Array.from({ length: count }, (_, index) => {
    const start = count === 1 ? 0 : Math.round((index * (length - side)) / (count - 1));
    return [start, side];
  });
}
