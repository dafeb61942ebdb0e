import { drawingSize } from '../../core/image/drawing-size.ts';
import type { PixelSize } from '../../core/ports.ts';
import type { ChatImage } from './chat-state.ts';

/** The size that a model's image is cut from, in pixels: a drawing has none of its own. */
export function pictureSize(
  { naturalWidth, naturalHeight }: HTMLImageElement,
  { isDrawing }: ChatImage,
): PixelSize {
  const size = { width: naturalWidth, height: naturalHeight };
  return isDrawing ? drawingSize(size) : size;
}
