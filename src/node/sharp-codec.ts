import type { Sharp, SharpOptions } from 'sharp';
import { NotesightError } from '../core/errors.ts';
import { type Background, backgroundFor } from '../core/image/background.ts';
import { checkKind } from '../core/image/check-kind.ts';
import { checkPixels } from '../core/image/check-pixels.ts';
import { checkGap, type CutFile, repairCutFile, missingPart, shareOf } from '../core/image/cut-file.ts';
import { drawingSize } from '../core/image/drawing-size.ts';
import { clipRegion } from '../core/image/geometry.ts';
import { grayPixels } from '../core/image/gray-pixels.ts';
import { htmlLabelsAsText } from '../core/image/html-labels.ts';
import type { ImageKind } from '../core/image/image-kind.ts';
import { lightTheme } from '../core/image/light-theme.ts';
import { MAX_IMAGE_PIXELS } from '../core/image/limits.ts';
import { isLineArt } from '../core/image/line-art.ts';
import { rewriteSvg } from '../core/image/rewrite-svg.ts';
import { svgWithoutFiles } from '../core/image/svg-without-files.ts';
import { wholePixels } from '../core/image/whole-pixels.ts';
import { withinEdge } from '../core/image/within-edge.ts';
import type { FittedImage, GrayImage, MeasuringCodec, PixelRegion, PixelSize } from '../core/ports.ts';
import { withTimeLimit } from '../core/with-time-limit.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeHeic } from './decode-heic.ts';
import { loadSharp } from './load-sharp.ts';
import { repairPng } from './repair-png.ts';
import type { RawImage } from './raw-image.ts';

/** Fails on truncated files at first, but not on decoder warnings (phones write nonstandard JPEGs). */
const READ = { failOn: 'truncated', limitInputPixels: MAX_IMAGE_PIXELS } as const;
/** Otherwise a TIFF with truncated tables would decode as black. */
const READ_TIFF = { ...READ, failOn: 'error' } as const;
/** Decodes the intact part of a truncated file. */
const READ_CUT = { ...READ, failOn: 'none' } as const;
/** Below 90, the edges of small text in photos start to blur. */
const JPEG = { quality: 90 } as const;

/**
 * Time limit for one image, in milliseconds; the largest photos take a few seconds. An SVG whose elements use each
 * other repeatedly can take minutes. Its rendering can't be interrupted, but the batch continues.
 */
const TIME_LIMIT = 30_000;

/** The long edge at which a drawing is rendered to choose its background, in pixels. */
const DRAFT_EDGE = 768;

/** An image whose header was read and is within the limits. */
interface OpenImage {
  /** Upright, in pixels. */
  readonly source: PixelSize;
  /**
   * Decodes the image, upright and without transparency, or prepares decoding: sharp decodes no more pixels than the
   * requested size needs.
   */
  readonly decode: () => Promise<Sharp>;
  /** Set if part of the image is missing. */
  readonly incomplete?: true;
}

type SharpModule = Awaited<ReturnType<typeof loadSharp>>;

/**
 * Fits images with sharp: upright, on the background with the best contrast, 8-bit sRGB, PNG for line art and text,
 * JPEG for photos, no metadata. An SVG can't load external files.
 */
export function createSharpCodec(): MeasuringCodec {
  return {
    fit: (bytes, size, signal, region = null) =>
      opening(bytes, signal, (sharp, kind, image) => {
        const part = region === null ? null : clipRegion(region, image.source);
        const target = wholePixels(size(part ?? image.source));
        return reading(kind, async () =>
          encode(sharp, kind, await scaled(sharp, image, part, target), {
            ...target,
            ...(image.incomplete && { incomplete: true }),
          }),
        );
      }),
    gray: (bytes, size, signal) =>
      opening(bytes, signal, (sharp, kind, image) => {
        const target = wholePixels(size(image.source));
        return reading(kind, async () => grayImage(await scaled(sharp, image, null, target), target, image));
      }),
  };
}

/** Opens an image and processes it within the time limit. */
function opening<T>(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  work: (sharp: SharpModule, kind: ImageKind, image: OpenImage) => Promise<T>,
): Promise<T> {
  const tooLong = new NotesightError('image_too_large', 'the image takes too long to decode', {
    data: { maxSeconds: TIME_LIMIT / 1000 },
  });
  return withTimeLimit(signal, TIME_LIMIT, tooLong, async (limited) => {
    const kind = checkKind(bytes);
    const sharp = await loadSharp();
    const cut = () => reading(kind, () => openCut(sharp, kind, bytes));
    const use = (image: OpenImage): Promise<T> => {
      limited.throwIfAborted();
      return work(sharp, kind, image);
    };
    // Whether libvips reports a missing end of a JPEG depends on the timing of its threads.
    const cutJpeg = kind === 'jpeg' ? await cut() : null;
    if (cutJpeg !== null) return use(cutJpeg);
    try {
      return await use(await reading(kind, () => open(sharp, kind, bytes, limited)));
    } catch (error) {
      if (!(error instanceof NotesightError) || error.code !== 'image_unreadable') throw error;
      const image = await cut();
      if (image === null) throw error;
      return use(image);
    }
  });
}

async function grayImage(image: Sharp, size: PixelSize, { source }: OpenImage): Promise<GrayImage> {
  const pixels = await image.toColorspace('srgb').removeAlpha().raw().toBuffer();
  return { pixels: grayPixels(pixels, 3), ...size, source };
}

async function open(
  sharp: SharpModule,
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<OpenImage> {
  if (kind === 'svg') return openSvg(sharp, bytes);
  if (kind === 'bmp') return openRaw(sharp, await decodeBmp(bytes));
  if (kind === 'heic') return openRaw(sharp, await decodeHeic(bytes, signal));
  return openFile(sharp, bytes, kind === 'tiff' ? READ_TIFF : READ);
}

async function openFile(sharp: SharpModule, bytes: Uint8Array, read: SharpOptions): Promise<OpenImage> {
  const { autoOrient: source, hasAlpha } = await sharp(bytes, {
    ...read,
    limitInputPixels: false,
  }).metadata();
  checkPixels(source);
  const decode = () => sharp(bytes, read).autoOrient();
  if (!hasAlpha) return { source, decode: () => Promise.resolve(decode()) };
  return { source, decode: async () => flattened(sharp, await rgbaOf(decode())) };
}

/** The intact part of a truncated file; null if the file is broken in another way. */
async function openCut(
  sharp: SharpModule,
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<OpenImage | null> {
  const cut: CutFile | null = kind === 'png' ? repairPng(bytes) : repairCutFile(bytes, kind);
  if (cut === null) return null;
  const { autoOrient } = await sharp(cut.bytes, { ...READ_CUT, limitInputPixels: false }).metadata();
  checkPixels(autoOrient);
  const image = await rgbaOf(sharp(cut.bytes, READ_CUT).autoOrient());
  const missing = missingPart(image.data, image, cut.gap);
  checkGap(typeof cut.gap === 'number' ? cut.gap : shareOf(missing, image));
  // White, as in a viewer.
  for (let y = missing.y; y < missing.y + missing.height; y++) {
    const row = (y * image.width + missing.x) * 4;
    image.data.fill(255, row, row + missing.width * 4);
  }
  return { ...openRaw(sharp, image), incomplete: true };
}

/** Renders a drawing at the requested size, whatever its own size: sharp scales it while loading. */
async function openSvg(sharp: SharpModule, bytes: Uint8Array<ArrayBuffer>): Promise<OpenImage> {
  const plain = rewriteSvg(bytes, (svg) => htmlLabelsAsText(lightTheme(svg)));
  // The WebAssembly build of sharp renders drawings with resvg, which loads the files they reference.
  const drawing = 'emscripten' in sharp.versions ? svgWithoutFiles(plain) : plain;
  const { width, height } = await sharp(drawing, { limitInputPixels: false }).metadata();
  const source = drawingSize({ width, height });
  return {
    source,
    async decode() {
      const draft = withinEdge(source, DRAFT_EDGE);
      const drafted = sharp(drawing, { limitInputPixels: false }).resize({ ...draft, fit: 'fill' });
      const background = backgroundOf(await rgbaOf(drafted));
      return sharp(drawing, { limitInputPixels: false }).flatten({ background });
    },
  };
}

function openRaw(sharp: SharpModule, image: RawImage): OpenImage {
  const { width, height } = image;
  return { source: { width, height }, decode: () => Promise.resolve(flattened(sharp, image)) };
}

function flattened(sharp: SharpModule, image: RawImage): Sharp {
  const { width, height, channels, data } = image;
  const decoded = sharp(data, { raw: { width, height, channels } });
  return channels === 4 ? decoded.flatten({ background: backgroundOf(image) }) : decoded;
}

/** @throws NotesightError `image_blank` */
function backgroundOf({ data, width, height }: RawImage): Background {
  const background = backgroundFor(data, { width, height });
  if (background === null) throw new NotesightError('image_blank', 'all pixels are transparent');
  return background;
}

async function rgbaOf(image: Sharp): Promise<RawImage> {
  const { data, info } = await image
    .toColorspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

/** Scales the whole image or a region of it to the requested size. */
async function scaled(
  sharp: SharpModule,
  { source, decode }: OpenImage,
  part: PixelRegion | null,
  { width, height }: PixelSize,
): Promise<Sharp> {
  const image = await decode();
  if (part === null) return image.resize(width, height, { fit: 'fill' });
  // Two steps, because in one step sharp crops before it rotates the image upright.
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
  { width, height, incomplete }: Omit<FittedImage, 'bytes' | 'type'>,
): Promise<FittedImage> {
  const as = { width, height, ...(incomplete && { incomplete }) };
  // A JPEG stays a JPEG: its detail is already lossy, and no analysis is needed.
  if (kind === 'jpeg') return result(await image.jpeg(JPEG).toBuffer(), 'image/jpeg', as);

  const pixels = await image.removeAlpha().raw().toBuffer();
  const again = sharp(pixels, { raw: { width, height, channels: 3 } });
  return isLineArt(pixels, { width, height })
    ? result(await again.png().toBuffer(), 'image/png', as)
    : result(await again.jpeg(JPEG).toBuffer(), 'image/jpeg', as);
}

function result(
  buffer: Uint8Array,
  type: FittedImage['type'],
  as: Omit<FittedImage, 'bytes' | 'type'>,
): FittedImage {
  return { bytes: new Uint8Array(buffer), type, ...as };
}

/** Treats every decoder error as a broken file; its message is kept only for the log. */
async function reading<T>(kind: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof NotesightError) throw cause;
    throw new NotesightError('image_unreadable', `a broken ${kind} file`, { data: { kind }, cause });
  }
}
