import type { GrayImage, PixelSize } from '../ports.ts';

/**
 * Minimum share of lost detail for a detailed analysis with tiles. Measured for an input of 896 pixels:
 * lecture slides 0.05 to 0.14, but 0.28 for one with one-pixel lines; a dense screenshot 0.56; screenshots of
 * a window 0.10 to 0.20; photos 0 to 0.02, one with mostly noise 0.14. The table is in
 * docs/decisions/0017-fine-detail.md.
 */
export const FINE_DETAIL = 0.2;

/** Pixels of the longer side. Photos with more pixels are not sharper. */
const MEASURED_EDGE = 2400;

/** Pixels. About the height of a line of small print. */
const BLOCK = 16;
/** Only every second row and column of blocks is measured: a quarter of the image represents the whole. */
const STEP = BLOCK * 2;
/**
 * Difference in gray levels, of 255, between neighboring pixels. Smaller differences are noise or blurred
 * edges.
 */
const EDGE = 24;
const EVEN = 6;
/** Drawings and text have an even background; in leaves, gravel and noise all pixels differ. */
const EVEN_SHARE = 0.65;

/** Returns the size in which the detail of an image is measured, in pixels, from its upright size. */
export function measuredSize({ width, height }: PixelSize): PixelSize {
  const scale = Math.min(1, MEASURED_EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Returns the share of an image's edges, from 0 to 1, that is lost when it is sent in another size. Compares
 * the sums of the differences between neighboring pixels, in places with drawing or text, at full resolution
 * and after shrinking and enlarging. The edge of a large letter becomes softer but keeps its sum; a one-pixel
 * line loses most of it.
 * @param gray the image in its measured size, which may differ from the size of the file
 * @param sent the size to send, in pixels; the result is 0 if it is not smaller
 */
export function lostDetail(gray: GrayImage, sent: PixelSize): number {
  if (sent.width >= gray.width && sent.height >= gray.height) return 0;
  const small = shrink(gray, sent);
  let all = 0;
  let lost = 0;
  for (let y = 0; y + BLOCK < gray.height; y += STEP) {
    for (let x = 0; x + BLOCK < gray.width; x += STEP) {
      const before = edgesIn(gray, x, y);
      if (before === 0) continue;
      all += before;
      lost += Math.max(0, before - softEdgesIn(small, gray, x, y));
    }
  }
  return all === 0 ? 0 : lost / all;
}

/** Returns the sum of edges in a block; 0 if it contains no drawing or text. */
function edgesIn({ pixels, width }: GrayImage, left: number, top: number): number {
  let sum = 0;
  let even = 0;
  for (let y = top; y < top + BLOCK; y++) {
    for (let at = y * width + left; at < y * width + left + BLOCK; at++) {
      const here = pixels[at] ?? 0;
      const right = Math.abs(here - (pixels[at + 1] ?? 0));
      const below = Math.abs(here - (pixels[at + width] ?? 0));
      if (right >= EDGE) sum += right;
      else if (right < EVEN) even++;
      if (below >= EDGE) sum += below;
      else if (below < EVEN) even++;
    }
  }
  return even >= EVEN_SHARE * 2 * BLOCK * BLOCK ? sum : 0;
}

/** Returns the same sum for the shrunk image after enlarging it; soft edges count fully. */
function softEdgesIn(small: Shrunk, { width, height }: PixelSize, left: number, top: number): number {
  const side = BLOCK + 1;
  const block = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const v = clamp(((top + y + 0.5) * small.height) / height - 0.5, small.height - 1);
    const y0 = Math.floor(v);
    const y1 = Math.min(small.height - 1, y0 + 1);
    for (let x = 0; x < side; x++) {
      const u = clamp(((left + x + 0.5) * small.width) / width - 0.5, small.width - 1);
      const x0 = Math.floor(u);
      const x1 = Math.min(small.width - 1, x0 + 1);
      const above = mix(small.at(x0, y0), small.at(x1, y0), u - x0);
      block[y * side + x] = mix(above, mix(small.at(x0, y1), small.at(x1, y1), u - x0), v - y0);
    }
  }
  let sum = 0;
  for (let y = 0; y < BLOCK; y++) {
    for (let at = y * side; at < y * side + BLOCK; at++) {
      const here = block[at] ?? 0;
      sum += Math.abs(here - (block[at + 1] ?? 0)) + Math.abs(here - (block[at + side] ?? 0));
    }
  }
  return sum;
}

interface Shrunk extends PixelSize {
  readonly at: (x: number, y: number) => number;
}

/** Averages the pixels as the preprocessing of vision encoders does. */
function shrink(gray: GrayImage, sent: PixelSize): Shrunk {
  const width = Math.max(1, Math.min(gray.width, Math.round(sent.width)));
  const height = Math.max(1, Math.min(gray.height, Math.round(sent.height)));
  const rows = new Float32Array(width * gray.height);
  averageLines(
    gray.height,
    { values: gray.pixels, length: gray.width, step: 1, stride: gray.width },
    { values: rows, length: width, step: 1, stride: width },
  );
  const pixels = new Float32Array(width * height);
  averageLines(
    width,
    { values: rows, length: gray.height, step: width, stride: 1 },
    { values: pixels, length: height, step: width, stride: 1 },
  );
  return { width, height, at: (x, y) => pixels[y * width + x] ?? 0 };
}

/** Rows or columns of pixels. */
interface Lines<Values> {
  readonly values: Values;
  /** Number of values of a line. */
  readonly length: number;
  /** Distance between values of a line. */
  readonly step: number;
  /** Distance between lines. */
  readonly stride: number;
}

/** Averages the values of each of `count` lines to the length of the lines in `to`. */
function averageLines(count: number, from: Lines<ArrayLike<number>>, to: Lines<Float32Array>): void {
  const { values, length, step, stride } = from;
  const scale = length / to.length;
  for (let index = 0; index < to.length; index++) {
    const start = index * scale;
    const end = Math.min(length, start + scale);
    const first = Math.floor(start);
    const last = Math.min(length, Math.ceil(end - 1e-6));
    for (let line = 0; line < count; line++) {
      let sum = 0;
      for (let at = first; at < last; at++) {
        const share = Math.min(at + 1, end) - Math.max(at, start);
        sum += share * (values[line * stride + at * step] ?? 0);
      }
      to.values[line * to.stride + index * to.step] = sum / scale;
    }
  }
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}
function mix(a: number, b: number, share: number): number {
  return a * (1 - share) + b * share;
}
