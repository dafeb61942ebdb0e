import type { Sharp, SharpOptions } from 'sharp';
import { NotesightError } from '../core/errors.ts';
import { type Background, backgroundFor } from '../core/image/background.ts';
import { checkKind } from '../core/image/check-kind.ts';
import { checkPixels } from '../core/image/check-pixels.ts';
import { checkGap, type CutFile, mendCutFile, missingPart, shareOf } from '../core/image/cut-file.ts';
import { drawingSize } from '../core/image/drawing-size.ts';
import { clipRegion } from '../core/image/geometry.ts';
import { greyPixels } from '../core/image/grey-pixels.ts';
import { htmlLabelsAsText } from '../core/image/html-labels.ts';
import type { ImageKind } from '../core/image/image-kind.ts';
import { lightTheme } from '../core/image/light-theme.ts';
import { MAX_IMAGE_PIXELS } from '../core/image/limits.ts';
import { isLineArt } from '../core/image/line-art.ts';
import { rewriteSvg } from '../core/image/rewrite-svg.ts';
import { svgWithoutFiles } from '../core/image/svg-without-files.ts';
import { wholePixels } from '../core/image/whole-pixels.ts';
import { withinEdge } from '../core/image/within-edge.ts';
import type { FittedImage, GreyImage, MeasuringCodec, PixelRegion, PixelSize } from '../core/ports.ts';
import { withTimeLimit } from '../core/with-time-limit.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeHeic } from './decode-heic.ts';
import { loadSharp } from './load-sharp.ts';
import { mendPng } from './mend-png.ts';
import type { RawImage } from './raw-image.ts';

/** A truncated file is an error at first, what decoders only warn of (phones write odd JPEGs) is not. */
const READ = { failOn: 'truncated', limitInputPixels: MAX_IMAGE_PIXELS } as const;
/** A TIFF that lost the end of its tables would be black. */
const READ_TIFF = { ...READ, failOn: 'error' } as const;
/** What there is of a truncated file. */
const READ_CUT = { ...READ, failOn: 'none' } as const;
/** Below 90 the edges of small text in photos begin to smear. */
const JPEG = { quality: 90 } as const;

/**
 * How long one image may take, in milliseconds: the largest photos take a few seconds. An SVG can be made to take
 * minutes by elements that use each other over and over; its drawing can't be interrupted, but the batch goes on.
 */
const TIME_LIMIT = 30_000;

/** The long edge at which a drawing is drawn to choose its background, in pixels. */
const DRAFT_EDGE = 768;

/** An image whose header was read and is within the limits. */
interface OpenImage {
  /** Upright, in pixels. */
  readonly source: PixelSize;
  /**
   * Decodes it, upright and without transparency, or begins to: sharp itself takes no more pixels than the size that
   * follows needs.
   */
  readonly decode: () => Promise<Sharp>;
  /** Set if part of it is missing. */
  readonly incomplete?: true;
}

type SharpModule = Awaited<ReturnType<typeof loadSharp>>;

/**
 * Fits images with sharp: upright, on the background that shows them best, 8-bit sRGB, PNG for line art and text, JPEG
 * for photos, no metadata. An SVG loads nothing from outside itself.
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
  work: (sharp: SharpModule, kind: ImageKind, image: OpenImage) => Promise<T>,
): Promise<T> {
  const tooLong = new NotesightError('image_too_large', 'the image takes too long to decode', {
    data: { maxSeconds: TIME_LIMIT / 1000 },
  });
  return withTimeLimit(signal, TIME_LIMIT, tooLong, async (limited) => {
    const kind = checkKind(bytes);
    const sharp = await loadSharp();
    try {
      // Whether libvips reports a missing end of a JPEG depends on the timing of its threads.
      const cut = kind === 'jpeg' ? await reading(kind, () => openCut(sharp, kind, bytes)) : null;
      const image = cut ?? (await reading(kind, () => open(sharp, kind, bytes, limited)));
      limited.throwIfAborted();
      return await work(sharp, kind, image);
    } catch (error) {
      if (!(error instanceof NotesightError) || error.code !== 'image_unreadable') throw error;
      const image = await reading(kind, () => openCut(sharp, kind, bytes));
      if (image === null) throw error;
      limited.throwIfAborted();
      return work(sharp, kind, image);
    }
  });
}

async function greyImage(image: Sharp, size: PixelSize, { source }: OpenImage): Promise<GreyImage> {
  const pixels = await image.toColourspace('srgb').removeAlpha().raw().toBuffer();
  return { pixels: greyPixels(pixels, 3), ...size, source };
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

/** What there is of a file that ends too early; null if something else is wrong with it. */
async function openCut(
  sharp: SharpModule,
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<OpenImage | null> {
  const cut: CutFile | null = kind === 'png' ? mendPng(bytes) : mendCutFile(bytes, kind);
  if (cut === null) return null;
  const { autoOrient } = await sharp(cut.bytes, { ...READ_CUT, limitInputPixels: false }).metadata();
  checkPixels(autoOrient);
  const image = await rgbaOf(sharp(cut.bytes, READ_CUT).autoOrient());
  const missing = missingPart(image.data, image, cut.gap);
  checkGap(typeof cut.gap === 'number' ? cut.gap : shareOf(missing, image));
  // As a viewer shows it.
  for (let y = missing.y; y < missing.y + missing.height; y++) {
    const row = (y * image.width + missing.x) * 4;
    image.data.fill(255, row, row + missing.width * 4);
  }
  return { ...openRaw(sharp, image), incomplete: true };
}

/** A drawing is drawn at the size it is wanted, however small or large it calls itself: sharp scales it as it loads it. */
async function openSvg(sharp: SharpModule, bytes: Uint8Array<ArrayBuffer>): Promise<OpenImage> {
  const plain = rewriteSvg(bytes, (svg) => htmlLabelsAsText(lightTheme(svg)));
  // Where sharp is WebAssembly, drawings are drawn by resvg, which loads the files that they name.
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
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

/** In the size it is wanted, as a whole or the part of it. */
async function scaled(
  sharp: SharpModule,
  { source, decode }: OpenImage,
  part: PixelRegion | null,
  { width, height }: PixelSize,
): Promise<Sharp> {
  const image = await decode();
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
  { width, height, incomplete }: Omit<FittedImage, 'bytes' | 'type'>,
): Promise<FittedImage> {
  const as = { width, height, ...(incomplete && { incomplete }) };
  // What is JPEG already stays it: there is nothing sharp left to keep, and nothing to look at first.
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

/** Everything a decoder throws at a file means that the file is broken; its words are kept for the log only. */
async function reading<T>(kind: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof NotesightError) throw cause;
    throw new NotesightError('image_unreadable', `a broken ${kind} file`, { data: { kind }, cause });
  }
}
