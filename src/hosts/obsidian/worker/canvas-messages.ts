import type { PixelRegion } from '../../../core/ports.ts';

// Both ends are built together and nobody else can speak to the worker, so the messages are not checked.

/** What `canvas-codec.ts` asks of the worker: one thing at a time, each answered once. */
export type CanvasRequest =
  /** Decodes a file, or takes over a drawing, in place of what was open before. */
  | { readonly type: 'open'; readonly image: ArrayBuffer | ImageBitmap }
  | {
      /** Fits what is open, and closes it. */
      readonly type: 'fit';
      readonly width: number;
      readonly height: number;
      /** The part of what is open; null for the whole. */
      readonly region: PixelRegion | null;
      /** Whether it is known to be a photo, so that nobody need look. */
      readonly photo: boolean;
    }
  /** The pixels of what is open, in grey; closes it. */
  | { readonly type: 'grey'; readonly width: number; readonly height: number };

export type CanvasAnswer =
  /** The upright size in pixels. */
  | { readonly type: 'opened'; readonly width: number; readonly height: number }
  | {
      readonly type: 'fitted';
      readonly bytes: ArrayBuffer;
      readonly mediaType: 'image/png' | 'image/jpeg';
    }
  | { readonly type: 'greyed'; readonly pixels: ArrayBuffer }
  /** The platform's own words, for the log. */
  | { readonly type: 'failed'; readonly message: string };
