import type { FittedImage, PixelSize } from '../../../core/ports.ts';

/** The pixels of an image scaled to a size, four bytes per pixel. */
export async function imagePixels({ bytes, type }: FittedImage, size: PixelSize): Promise<ImageData> {
  const { width, height } = size;
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type }));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
