import type { ImageCodec, ImageStore, PixelRegion, PixelSize } from '../../ports.ts';
import { type ImagePart, partInPixels } from './image-part.ts';

/** The images that tools may read, and how. */
export interface ToolImages {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  /** The numbers of the images in the question, with their files. */
  readonly files: ReadonlyMap<number, string>;
}

/** The size of the upright image in pixels. */
export async function sizeOf(
  { images, codec }: ToolImages,
  file: string,
  signal: AbortSignal,
): Promise<PixelSize> {
  let size = { width: 1, height: 1 };
  const bytes = await images.read(file, signal);
  const measure = (source: PixelSize) => {
    size = source;
    return { width: 1, height: 1 };
  };
  await codec.fit(bytes, measure, signal);
  return size;
}

/** A region in pixels of the upright image; null for the whole image. */
export async function regionOf(
  images: ToolImages,
  file: string,
  part: ImagePart | null,
  signal: AbortSignal,
): Promise<PixelRegion | null> {
  return part === null ? null : partInPixels(part, await sizeOf(images, file, signal));
}
