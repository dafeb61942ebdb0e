import type { Gap } from '../../../core/image/cut-file.ts';
import type { PixelRegion, PixelSize } from '../../../core/ports.ts';

// Both ends are built together and no other code can reach the worker, so messages are not validated.

/** Requests from `canvas-codec.ts` to the worker: one at a time, each answered once. */
export type CanvasRequest =
  /** Decodes a file, or takes over a drawing, replacing the image that was open. */
  | {
      readonly type: 'open';
      readonly image: ArrayBuffer | ImageBitmap;
      /** Whether the file format has no transparency. */
      readonly opaque: boolean;
      /** How to find the missing part; null if the image is complete. */
      readonly gap: Gap | null;
    }
  | {
      /** Fits the open image and closes it. */
      readonly type: 'fit';
      readonly width: number;
      readonly height: number;
      /** The region of the open image; null for the whole image. */
      readonly region: PixelRegion | null;
      /** Whether it is known to be a photo, so that no analysis is needed. */
      readonly photo: boolean;
    }
  /** Returns the pixels of the open image in grayscale and closes it. */
  | { readonly type: 'gray'; readonly width: number; readonly height: number };

export interface Opened extends PixelSize {
  /** Whether all pixels are transparent. */
  readonly blank: boolean;
  /** The missing fraction, from 0 to 1. */
  readonly missing: number;
}

export type CanvasAnswer =
  | ({ readonly type: 'opened' } & Opened)
  | {
      readonly type: 'fitted';
      readonly bytes: ArrayBuffer;
      readonly mediaType: 'image/png' | 'image/jpeg';
    }
  | { readonly type: 'grayed'; readonly pixels: ArrayBuffer }
  /** The error message of the platform, for the log. */
  | { readonly type: 'failed'; readonly message: string };
