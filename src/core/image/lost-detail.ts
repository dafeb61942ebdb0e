import type { GreyImage, PixelSize } from '../ports.ts';

/**
 * The share of lost detail from which an image is to be looked at in parts. Measured for an input of 896 pixels: the
 * slides of a lecture 0.05 to 0.14, but 0.28 for the one with lines of one pixel; a dense screenshot 0.56; screenshots
 * of a window 0.10 to 0.20; photos 0 to 0.02, one of little but noise 0.14. The table is in
 * docs/decisions/0017-fine-detail.md.
 */
export const FINE_DETAIL = 0.2;

/** Pixels of the long edge: a photo of more is not sharper for them. */
const MEASURED_EDGE = 2400;

/** Pixels. A line of small print is about as high. */
const BLOCK = 16;
/** Blocks are measured in every second row and column of blocks: a quarter of the image tells what all of it does. */
const STEP = BLOCK * 2;
/** Levels of grey, of 255, between neighbours: less is noise, or the soft edge of something out of focus. */
const EDGE = 24;
const EVEN = 6;
/** What is drawn or written stands on even ground; in leaves, gravel and noise no two pixels are alike. */
const EVEN_SHARE = 0.65;

/** From the upright size of an image to the size in which its detail is measured, in pixels. */
export function measuredSize({ width, height }: PixelSize): PixelSize {
  const scale = Math.min(1, MEASURED_EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The share, from 0 to 1, of an image's edges that a model doesn't get to see when the image is sent in another size:
 * the sum of the differences between neighbouring pixels, in the places where something is drawn or written, at full
 * resolution and after shrinking and enlarging again. A large letter's edge becomes softer and keeps its sum; of a line
 * of one pixel little is left.
 *
 * @param grey at the size in which the image is measured, which need not be that of its file
 * @param sent the size in which it would be sent, in pixels; 0 where that is not smaller
 */
export function lostDetail(grey: GreyImage, sent: PixelSize): number {
  if (sent.width >= grey.width && sent.height >= grey.height) return 0;
  const small = shrink(grey, sent);
  let all = 0;
  let lost = 0;
  for (let y = 0; y + BLOCK < grey.height; y += STEP) {
    for (let x = 0; x + BLOCK < grey.width; x += STEP) {
      const before = edgesIn(grey, x, y);
      if (before === 0) continue;
      all += before;
      lost += Math.max(0, before - softEdgesIn(small, grey, x, y));
    }
  }
  return all === 0 ? 0 : lost / all;
}

/** The differences between the neighbours of a block that are edges; 0 where nothing is drawn or written there. */
function edgesIn({ pixels, width }: GreyImage, left: number, top: number): number {
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

/** The same of the shrunk image, enlarged again: soft edges count whole. */
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

/** Each pixel becomes the mean of those that it stands for, as encoders' preprocessing does it. */
function shrink(grey: GreyImage, sent: PixelSize): Shrunk {
  const width = Math.max(1, Math.min(grey.width, Math.round(sent.width)));
  const height = Math.max(1, Math.min(grey.height, Math.round(sent.height)));
  const rows = new Float32Array(width * grey.height);
  averageRows(grey.pixels, grey.width, 1, rows, width, 1, grey.height, grey.width, width);
  const pixels = new Float32Array(width * height);
  averageRows(rows, grey.height, width, pixels, height, width, width, 1, 1);
  return { width, height, at: (x, y) => pixels[y * width + x] ?? 0 };
}

/**
 * Averages `lines` lines of `length` values to `target` values each.
 * @param step from a value of a line to the next
 * @param stride from a line to the next
 */
function averageRows(
  from: ArrayLike<number>,
  length: number,
  step: number,
  to: Float32Array,
  target: number,
  toStep: number,
  lines: number,
  stride: number,
  toStride: number,
): void {
  const scale = length / target;
  for (let index = 0; index < target; index++) {
    const start = index * scale;
    const end = Math.min(length, start + scale);
    const first = Math.floor(start);
    const last = Math.min(length, Math.ceil(end - 1e-6));
    for (let line = 0; line < lines; line++) {
      let sum = 0;
      for (let at = first; at < last; at++) {
        const share = Math.min(at + 1, end) - Math.max(at, start);
        sum += share * (from[line * stride + at * step] ?? 0);
      }
      to[line * toStride + index * toStep] = sum / scale;
    }
  }
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, value));
const mix = (a: number, b: number, share: number): number => a * (1 - share) + b * share;
