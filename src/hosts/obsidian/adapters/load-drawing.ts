import type { PixelSize } from '../../../core/ports.ts';

export interface Drawing extends PixelSize {
  /** Draws it at any size, sharp. @returns pixels that are see-through where nothing is drawn */
  draw(size: PixelSize): ImageBitmap;
}

/**
 * Reads an SVG as an image element does: it runs no script and loads nothing from outside itself. It also shows what
 * there is of another file that ends too early, which `createImageBitmap` refuses. A worker has no such element, so this
 * needs the main thread.
 *
 * @param type the file's media type
 * @returns the drawing, with the size it calls itself
 * @throws DOMException `EncodingError` for a broken file
 * @throws Error for one without any size
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

/** Not the URL of a Blob: Chromium gives no pixels of a drawing from there that carries HTML (`foreignObject`). */
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
