import type { PixelSize } from '../core/ports.ts';

/** Decoded pixels: 8 bits a channel, row by row from the top, no padding; 1 channel is grey, 3 RGB, 4 RGBA. */
export interface RawImage extends PixelSize {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly channels: 1 | 3 | 4;
}
