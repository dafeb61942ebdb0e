import * as z from 'zod/mini';

/** What `canvas-codec.ts` asks of the worker: one thing at a time, each answered once. */
export const CanvasRequest = z.discriminatedUnion('type', [
  /** Decodes a file, or takes over a drawing, in place of what was open before. */
  z.object({
    type: z.literal('open'),
    // Not `z.instanceof`: this module is also loaded where there is no ImageBitmap.
    image: z.custom<ArrayBuffer | ImageBitmap>(
      (image) => image instanceof ArrayBuffer || image instanceof ImageBitmap,
    ),
  }),
  /** Fits what is open, and closes it. */
  z.object({
    type: z.literal('fit'),
    width: z.int(),
    height: z.int(),
    /** Whether it is known to be a photo, so that nobody need look. */
    photo: z.boolean(),
  }),
]);
export type CanvasRequest = z.infer<typeof CanvasRequest>;

export const CanvasAnswer = z.discriminatedUnion('type', [
  /** The upright size in pixels. */
  z.object({ type: z.literal('opened'), width: z.int(), height: z.int() }),
  z.object({
    type: z.literal('fitted'),
    bytes: z.instanceof(ArrayBuffer),
    mediaType: z.enum(['image/png', 'image/jpeg']),
  }),
  /** The platform's own words, for the log. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type CanvasAnswer = z.infer<typeof CanvasAnswer>;
