import assert from 'node:assert/strict';
import sharp from 'sharp';
import { NotesightError } from '../../src/core/errors.ts';
import type { FittedImage, PixelRegion, PixelSize } from '../../src/core/ports.ts';

/** A fitted image, with the reported size of the source. */
export interface Fitting extends FittedImage {
  readonly source: PixelSize;
}

/** Fits a file or a region of it with a codec: to `size`, or else to the size of the source. */
export type Fit = (file: Uint8Array | string, size?: PixelSize, region?: PixelRegion) => Promise<Fitting>;

/** The error, after checking that its message is ours and not a decoder's. */
export async function failure(fitting: Promise<FittedImage>): Promise<NotesightError> {
  const error: unknown = await fitting.then(
    () => assert.fail('it was fitted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof NotesightError, String(error));
  assert.doesNotMatch(
    error.message,
    /vips|sharp|buffer|unsupported image format|libpng|pixel limit|could not be decoded|Exception/i,
  );
  return error;
}

/** Red, green and blue. */
export async function pixel(image: FittedImage, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(image.bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
}

export function assertNear(actual: number[], expected: number[], tolerance = 6): void {
  assert.ok(
    actual.length === expected.length &&
      actual.every((value, at) => Math.abs(value - (expected[at] ?? NaN)) <= tolerance),
    `${actual.join()} is not near ${expected.join()}`,
  );
}
