import type { Gap } from '../../../core/image/cut-file.ts';
import type { PixelRegion, PixelSize } from '../../../core/ports.ts';

// Both ends are built together and nobody else can speak to the worker, so the messages are not checked.

/** What `canvas-codec.ts` asks of the worker: one thing at a time, each answered once. */
export type CanvasRequest =
  /** Decodes a file, or takes over a drawing, in place of what was open before. */
  | {
      readonly type: 'open';
      readonly image: ArrayBuffer | ImageBitmap;
      /** Whether its kind of file has no transparency. */
      readonly opaque: boolean;
      /** How to tell what is missing of it; null if it is whole. */
      readonly gap: Gap | null;
    }
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

export interface Opened extends PixelSize {
  /** Whether all pixels are transparent. */
  readonly blank: boolean;
  /** The share that is missing, from 0 to 1. */
  readonly missing: number;
}

export type CanvasAnswer =
  | ({ readonly type: 'opened' } & Opened)
  | {
      readonly type: 'fitted';
      readonly bytes: ArrayBuffer;
      readonly mediaType: 'image/png' | 'image/jpeg';
    }
  | { readonly type: 'greyed'; readonly pixels: ArrayBuffer }
  /** The platform's own words, for the log. */
  | { readonly type: 'failed'; readonly message: string };
