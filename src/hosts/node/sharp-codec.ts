import type { Sharp } from 'sharp';
import { NotesightError } from '../../core/errors.ts';
import { checkKind } from '../../core/image/check-kind.ts';
import { checkPixels } from '../../core/image/check-pixels.ts';
import { clipRegion } from '../../core/image/clip-region.ts';
import { drawingSize } from '../../core/image/drawing-size.ts';
import { greyPixels } from '../../core/image/grey-pixels.ts';
import { isLineArt } from '../../core/image/line-art.ts';
import { MAX_IMAGE_PIXELS } from '../../core/image/limits.ts';
import { svgWithoutFiles } from '../../core/image/svg-without-files.ts';
import { wholePixels } from '../../core/image/whole-pixels.ts';
import type { FittedImage, GreyImage, MeasuringCodec, PixelRegion, PixelSize } from '../../core/ports.ts';
import { withTimeLimit } from '../../core/with-time-limit.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeHeic } from './decode-heic.ts';
import { loadSharp } from './load-sharp.ts';
import type { RawImage } from './raw-image.ts';

/** A truncated file is an error, what decoders only warn of (phones write odd JPEGs) is not. */
const READ = { failOn: 'truncated', limitInputPixels: MAX_IMAGE_PIXELS } as const;
/** Below 90 the edges of small text in photos begin to smear. */
const JPEG = { quality: 90 } as const;

/**
 * How long one image may take, in milliseconds: the largest photos take a few seconds. An SVG can be made to take
 * minutes by elements that use each other over and over; its drawing can't be interrupted, but the batch goes on.
 */
const TIME_LIMIT = 30_000;

/** An image whose header was read and is within the limits. */
interface OpenImage {
  /** Upright, in pixels. */
  readonly source: PixelSize;
  /** Begins to decode, upright; sharp itself takes no more pixels than the size that follows needs. */
  readonly decode: () => Sharp;
}

type SharpModule = Awaited<ReturnType<typeof loadSharp>>;

/**
 * Fits images with sharp: upright, flattened on white, 8-bit sRGB, PNG for line art and text, JPEG for photos, no
 * metadata. An SVG loads nothing from outside itself.
 */
export function createSharpCodec(): MeasuringCodec {
  return {
    fit: (bytes, size, signal, region = null) =>
      opening(bytes, signal, (sharp, kind, image) => {
        const part = region === null ? null : clipRegion(region, image.source);
        const target = wholePixels(size(part ?? image.source));
        return reading(kind, async () =>
          encode(sharp, kind, await scaled(sharp, image, part, target), target),
        );
      }),
    grey: (bytes, size, signal) =>
      opening(bytes, signal, (sharp, kind, image) => {
        const target = wholePixels(size(image.source));
        return reading(kind, async () => greyImage(await scaled(sharp, image, null, target), target, image));
      }),
  };
}

/** Opens an image and works on it, within the time limit. */
function opening<T>(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  work: (sharp: SharpModule, kind: string, image: OpenImage) => Promise<T>,
): Promise<T> {
  const tooLong = new NotesightError('image_too_large', 'the image takes too long to decode', {
    data: { maxSeconds: TIME_LIMIT / 1000 },
  });
  return withTimeLimit(signal, TIME_LIMIT, tooLong, async (limited) => {
    const kind = checkKind(bytes);
    const sharp = await loadSharp();
    const image = await reading(kind, () => open(sharp, kind, bytes, limited));
    limited.throwIfAborted();
    return work(sharp, kind, image);
  });
}

async function greyImage(image: Sharp, size: PixelSize, { source }: OpenImage): Promise<GreyImage> {
  const pixels = await image.toColourspace('srgb').removeAlpha().raw().toBuffer();
  return { pixels: greyPixels(pixels, 3), ...size, source };
}

async function open(
  sharp: SharpModule,
  kind: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<OpenImage> {
  switch (kind) {
    case 'svg':
      return openSvg(sharp, bytes);
    case 'bmp':
      return openRaw(sharp, await decodeBmp(bytes));
    case 'heic':
      return openRaw(sharp, await decodeHeic(bytes, signal));
    default:
      return openFile(sharp, bytes);
  }
}

async function openFile(sharp: SharpModule, bytes: Uint8Array): Promise<OpenImage> {
  const { autoOrient: source } = await sharp(bytes, { ...READ, limitInputPixels: false }).metadata();
  checkPixels(source);
  return { source, decode: () => sharp(bytes, READ).autoOrient() };
}

/** A drawing is drawn at the size it is wanted, however small or large it calls itself: sharp scales it as it loads it. */
async function openSvg(sharp: SharpModule, bytes: Uint8Array): Promise<OpenImage> {
  // Where sharp is WebAssembly, drawings are drawn by resvg, which loads the files that they name.
  const drawing = 'emscripten' in sharp.versions ? svgWithoutFiles(bytes) : bytes;
  const { width, height } = await sharp(drawing, { limitInputPixels: false }).metadata();
  return {
    source: drawingSize({ width, height }),
    decode: () => sharp(drawing, { limitInputPixels: false }),
  };
}

function openRaw(sharp: SharpModule, { width, height, channels, data }: RawImage): OpenImage {
  const source = { width, height };
  return { source, decode: () => sharp(data, { raw: { width, height, channels } }) };
}

/** In the size it is wanted, as a whole or the part of it. */
async function scaled(
  sharp: SharpModule,
  { source, decode }: OpenImage,
  part: PixelRegion | null,
  { width, height }: PixelSize,
): Promise<Sharp> {
  const image = decode().flatten({ background: '#ffffff' });
  if (part === null) return image.resize(width, height, { fit: 'fill' });
  // In two steps: in one, sharp cuts before it turns the image upright.
  const whole = image.resize(source.width, source.height, { fit: 'fill' }).removeAlpha();
  const pixels = await whole.raw().toBuffer();
  return sharp(pixels, { raw: { width: source.width, height: source.height, channels: 3 } })
    .extract({ left: part.x, top: part.y, width: part.width, height: part.height })
    .resize(width, height, { fit: 'fill' });
}

async function encode(
  sharp: SharpModule,
  kind: string,
  image: Sharp,
  { width, height }: PixelSize,
): Promise<FittedImage> {
  // What is JPEG already stays it: there is nothing sharp left to keep, and nothing to look at first.
  if (kind === 'jpeg') return result(await image.jpeg(JPEG).toBuffer(), 'image/jpeg', { width, height });

  const pixels = await image.removeAlpha().raw().toBuffer();
  const again = sharp(pixels, { raw: { width, height, channels: 3 } });
  return isLineArt(pixels, { width, height })
    ? result(await again.png().toBuffer(), 'image/png', { width, height })
    : result(await again.jpeg(JPEG).toBuffer(), 'image/jpeg', { width, height });
}

function result(buffer: Uint8Array, type: FittedImage['type'], size: PixelSize): FittedImage {
  return { bytes: new Uint8Array(buffer), type, ...size };
}

/** Everything a decoder throws at a file means that the file is broken; its words are kept for the log only. */
async function reading<T>(kind: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof NotesightError) throw cause;
    throw new NotesightError('image_unreadable', `a broken ${kind} file`, { data: { kind }, cause });
  }
}
