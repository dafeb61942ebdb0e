import { greyPixels } from '../../../core/image/grey-pixels.ts';
import { isLineArt } from '../../../core/image/line-art.ts';
import type { PixelRegion, PixelSize } from '../../../core/ports.ts';
import type { CanvasAnswer, CanvasRequest } from './canvas-messages.ts';
import { rgb } from './rgb.ts';

/** Below 0.9 the edges of small text in photos begin to smear. */
const JPEG = { type: 'image/jpeg', quality: 0.9 } as const;
const PNG = { type: 'image/png' } as const;

let opened: ImageBitmap | null = null;

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

/** What is handed over and not copied. */
function buffersOf(reply: CanvasAnswer): ArrayBuffer[] {
  if (reply.type === 'fitted') return [reply.bytes];
  return reply.type === 'greyed' ? [reply.pixels] : [];
}

async function answer(request: CanvasRequest): Promise<CanvasAnswer> {
  if (request.type === 'open') {
    opened?.close();
    opened = await decode(request.image);
    return { type: 'opened', width: opened.width, height: opened.height };
  }
  if (opened === null) throw new Error('no image is open');
  const done = request.type === 'fit' ? await fit(opened, request) : grey(opened, request);
  opened.close();
  opened = null;
  return done;
}

async function decode(image: ArrayBuffer | ImageBitmap): Promise<ImageBitmap> {
  if (image instanceof ImageBitmap) return image;
  return createImageBitmap(new Blob([image]), { imageOrientation: 'from-image' });
}

async function fit(
  image: ImageBitmap,
  { width, height, region, photo }: Extract<CanvasRequest, { type: 'fit' }>,
): Promise<CanvasAnswer> {
  const { canvas, context } = draw(image, { width, height }, region);
  const lineArt = !photo && isLineArt(rgb(context.getImageData(0, 0, width, height).data), { width, height });
  const blob = await canvas.convertToBlob(lineArt ? PNG : JPEG);
  const { type } = lineArt ? PNG : JPEG;
  // A canvas that can't encode what it is asked for takes PNG without a word.
  if (blob.type !== type) throw new Error(`encoded as ${blob.type} in place of ${type}`);
  return { type: 'fitted', bytes: await blob.arrayBuffer(), mediaType: type };
}

function draw(image: ImageBitmap, { width, height }: PixelSize, region: PixelRegion | null) {
  const canvas = new OffscreenCanvas(width, height);
  // Drawn by the processor: the pixels are read back, and graphics cards differ in the last bit.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('no canvas to draw on');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  const part = region ?? { x: 0, y: 0, width: image.width, height: image.height };
  context.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return { canvas, context };
}

function grey(image: ImageBitmap, { width, height }: PixelSize): CanvasAnswer {
  const { data } = draw(image, { width, height }, null).context.getImageData(0, 0, width, height);
  return { type: 'greyed', pixels: greyPixels(data, 4).buffer };
}
