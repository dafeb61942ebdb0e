import type { PixelSize } from '../ports.ts';

/** CSS colors: white, the dark gray of dark themes, and a middle gray. */
export type Background = '#ffffff' | '#101010' | '#808080';

/** Their gray levels, from 0 to 255. */
const LEVELS: Readonly<Record<Background, number>> = { '#ffffff': 255, '#101010': 16, '#808080': 128 };
/**
 * Minimum difference in gray levels between neighboring pixels for visible ink. Thin, light grid lines differ
 * by 15 to 30.
 */
const PLAIN = 24;
/** Minimum share of the best background's contrast at which white is used. */
const ENOUGH_ON_WHITE = 2 / 3;
/** The same for the dark gray, on which black ink next to light ink disappears. */
const ENOUGH_ON_DARK = 0.9;
/** Enough pixels for a stable share, in a few milliseconds. */
const SAMPLES = 500_000;

/**
 * Chooses the background of an image with transparent pixels: white, unless light ink would disappear on it.
 * Compares the contrast between neighboring pixels, so that a white window with transparent corners stays on
 * white.
 * @param rgba four bytes per pixel, row by row, alpha not premultiplied
 * @returns null if every pixel is fully transparent
 */
export function backgroundFor(rgba: Uint8Array | Uint8ClampedArray, size: PixelSize): Background | null {
  const { least, most } = alphaRange(rgba);
  if (most === 0) return null;
  if (least === 255) return '#ffffff';
  const contrast = contrastOn(rgba, size);
  const best = Math.max(...Object.values(contrast));
  if (contrast['#ffffff'] >= best * ENOUGH_ON_WHITE) return '#ffffff';
  return contrast['#101010'] >= best * ENOUGH_ON_DARK ? '#101010' : '#808080';
}

function alphaRange(rgba: Uint8Array | Uint8ClampedArray): { least: number; most: number } {
  let least = 255;
  let most = 0;
  for (let at = 3; at < rgba.length; at += 4) {
    const alpha = rgba[at] ?? 0;
    if (alpha < least) least = alpha;
    if (alpha > most) most = alpha;
  }
  return { least, most };
}

/** Returns the sum of the differences between neighboring pixels on each background. */
function contrastOn(
  rgba: Uint8Array | Uint8ClampedArray,
  { width, height }: PixelSize,
): Record<Background, number> {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / SAMPLES)));
  const gray = (pixel: number) =>
    0.299 * (rgba[pixel] ?? 0) + 0.587 * (rgba[pixel + 1] ?? 0) + 0.114 * (rgba[pixel + 2] ?? 0);
  const sums: Record<Background, number> = { '#ffffff': 0, '#101010': 0, '#808080': 0 };
  const compare = (one: number, other: number) => {
    const oneAlpha = (rgba[one + 3] ?? 0) / 255;
    const otherAlpha = (rgba[other + 3] ?? 0) / 255;
    const ink = gray(one) * oneAlpha - gray(other) * otherAlpha;
    const through = otherAlpha - oneAlpha;
    for (const background of BACKGROUNDS)
      sums[background] += Math.min(PLAIN, Math.abs(ink + LEVELS[background] * through));
  };
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const pixel = (y * width + x) * 4;
      if (x + 1 < width) compare(pixel, pixel + 4);
      if (y + 1 < height) compare(pixel, pixel + width * 4);
    }
  }
  return sums;
}

const BACKGROUNDS = ['#ffffff', '#101010', '#808080'] as const satisfies readonly Background[];
