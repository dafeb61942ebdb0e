import type { PixelSize } from '../../../core/ports.ts';

export interface Drawing extends PixelSize {
  /** Renders it sharply at any size. @returns pixels that are transparent where nothing is drawn */
  draw(size: PixelSize): ImageBitmap;
}

/**
 * Loads an SVG with an image element, which runs no scripts and loads no external files. It also shows the intact
 * part of other truncated files, which `createImageBitmap` rejects. Requires the main thread, because workers have no
 * image element.
 * @param type the file's media type
 * @returns the drawing, with its intrinsic size
 * @throws DOMException `EncodingError` for a broken file
 * @throws Error if it has no size
 */
export async function loadDrawing(bytes: Uint8Array<ArrayBuffer>, type = 'image/svg+xml'): Promise<Drawing> {
  const image = new Image();
  image.src = await dataUrl(new Blob([bytes], { type }));
  await image.decode();
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw new Error('a drawing without a size');
  return {
    width: image.naturalWidth,
    height: image.naturalHeight,
    draw({ width, height }) {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas to draw on');
      context.drawImage(image, 0, 0, width, height);
      return canvas.transferToImageBitmap();
    },
  };
}

/** Not a Blob URL: from one, Chromium provides no pixels of drawings that contain HTML (`foreignObject`). */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onloadend = () => {
      if (typeof reader.result === 'string') resolve(reader.result);
      else reject(reader.error ?? new Error('the drawing was not read'));
    };
    reader.readAsDataURL(blob);
  });
}
