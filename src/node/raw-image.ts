import type { PixelSize } from '../core/ports.ts';

/**
 * Decoded pixels: 8 bits per channel, row by row from the top, no padding; 1 channel is gray, 3 are RGB, 4 are RGBA.
 */
export interface RawImage extends PixelSize {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly channels: 1 | 3 | 4;
}
