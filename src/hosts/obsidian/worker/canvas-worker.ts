import { backgroundFor, type Background } from '../../../core/image/background.ts';
import { missingPart, shareOf } from '../../../core/image/cut-file.ts';
import { grayPixels } from '../../../core/image/gray-pixels.ts';
import { isLineArt } from '../../../core/image/line-art.ts';
import { scaleRegion } from '../../../core/image/scale-region.ts';
import { withinEdge } from '../../../core/image/within-edge.ts';
import type { PixelRegion, PixelSize } from '../../../core/ports.ts';
import type { CanvasAnswer, CanvasRequest } from './canvas-messages.ts';
import { rgb } from './rgb.ts';

/** Below 0.9, the edges of small text in photos start to blur. */
const JPEG = { type: 'image/jpeg', quality: 0.9 } as const;
const PNG = { type: 'image/png' } as const;

/** The long edge of the copy used to choose the background or find the missing part, in pixels. */
const DRAFT_EDGE = 768;

interface OpenImage {
  readonly image: ImageBitmap;
  readonly background: Background;
  /** Drawn white; null if the image is complete. */
  readonly missing: PixelRegion | null;
}

let opened: OpenImage | null = null;

addEventListener('message', ({ data }: MessageEvent<CanvasRequest>) => {
  answer(data).then(
    (reply) => {
      postMessage(reply, buffersOf(reply));
    },
    (error: unknown) => {
      postMessage({ type: 'failed', message: String(error) } satisfies CanvasAnswer);
    },
  );
});

/** The buffers to transfer instead of copying. */
function buffersOf(reply: CanvasAnswer): ArrayBuffer[] {
  if (reply.type === 'fitted') return [reply.bytes];
  return reply.type === 'grayed' ? [reply.pixels] : [];
}

async function answer(request: CanvasRequest): Promise<CanvasAnswer> {
  if (request.type === 'open') {
    close();
    return open(await decode(request.image), request);
  }
  if (opened === null) throw new Error('no image is open');
  const done = request.type === 'fit' ? await fit(opened, request) : gray(opened, request);
  close();
  return done;
}

function close(): void {
  opened?.image.close();
  opened = null;
}

function open(image: ImageBitmap, { opaque, gap }: Extract<CanvasRequest, { type: 'open' }>): CanvasAnswer {
  const { width, height } = image;
  let missing: PixelRegion | null = null;
  if (gap !== null) {
    const sample = draft(image, false);
    missing = scaleRegion(missingPart(sample.data, sample, gap), sample, image);
  }
  const sample = opaque ? null : draft(image, true);
  const background = sample === null ? '#ffffff' : backgroundFor(sample.data, sample);
  opened = { image, background: background ?? '#ffffff', missing };
  const share = missing === null ? 0 : shareOf(missing, image);
  return { type: 'opened', width, height, blank: background === null, missing: share };
}

/** The pixels of a small copy, including alpha. */
function draft(image: ImageBitmap, smooth: boolean): ImageData {
  const { width, height } = withinEdge(image, DRAFT_EDGE);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas to draw on');
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function decode(image: ArrayBuffer | ImageBitmap): Promise<ImageBitmap> {
  if (image instanceof ImageBitmap) return image;
  return createImageBitmap(new Blob([image]), { imageOrientation: 'from-image' });
}

async function fit(
  image: OpenImage,
  { width, height, region, photo }: Extract<CanvasRequest, { type: 'fit' }>,
): Promise<CanvasAnswer> {
  const { canvas, context } = draw(image, { width, height }, region);
  const lineArt = !photo && isLineArt(rgb(context.getImageData(0, 0, width, height).data), { width, height });
  const blob = await canvas.convertToBlob(lineArt ? PNG : JPEG);
  const { type } = lineArt ? PNG : JPEG;
  // A canvas that does not support the requested type silently encodes PNG.
  if (blob.type !== type) throw new Error(`encoded as ${blob.type} in place of ${type}`);
  return { type: 'fitted', bytes: await blob.arrayBuffer(), mediaType: type };
}

function draw(
  { image, background, missing }: OpenImage,
  { width, height }: PixelSize,
  region: PixelRegion | null,
) {
  const canvas = new OffscreenCanvas(width, height);
  // Rendered on the CPU: the pixels are read back, and GPUs differ in the lowest bit.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('no canvas to draw on');
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  const part = region ?? { x: 0, y: 0, width: image.width, height: image.height };
  context.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, width, height);
  if (missing !== null) {
    // Coordinates are pixels of the image, of which this region is drawn.
    context.setTransform(width / part.width, 0, 0, height / part.height, 0, 0);
    context.translate(-part.x, -part.y);
    context.fillStyle = '#ffffff';
    context.fillRect(missing.x, missing.y, missing.width, missing.height);
  }
  return { canvas, context };
}

function gray(image: OpenImage, { width, height }: PixelSize): CanvasAnswer {
  const { data } = draw(image, { width, height }, null).context.getImageData(0, 0, width, height);
  return { type: 'grayed', pixels: grayPixels(data, 4).buffer };
}
