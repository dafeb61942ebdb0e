import { drawingSize } from '../../core/image/drawing-size.ts';
import type { PixelSize } from '../../core/ports.ts';
import type { ChatImage } from './chat-state.ts';

/** The size of the image that is cropped for the model, in pixels; a drawing has no pixel size of its own. */
export function pictureSize(
  { naturalWidth, naturalHeight }: HTMLImageElement,
  { isDrawing }: ChatImage,
): PixelSize {
  const size = { width: naturalWidth, height: naturalHeight };
  return isDrawing ? drawingSize(size) : size;
}
