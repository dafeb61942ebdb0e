import { NotesightError } from '../../../core/errors.ts';
import { checkKind } from '../../../core/image/check-kind.ts';
import { checkPixels } from '../../../core/image/check-pixels.ts';
import { checkGap, repairCutFile } from '../../../core/image/cut-file.ts';
import { declaredSize } from '../../../core/image/declared-size.ts';
import { drawingSize } from '../../../core/image/drawing-size.ts';
import { clipRegion } from '../../../core/image/geometry.ts';
import { lightTheme } from '../../../core/image/light-theme.ts';
import { rewriteSvg } from '../../../core/image/rewrite-svg.ts';
import { wholePixels } from '../../../core/image/whole-pixels.ts';
import type { FittedImage, GrayImage, MeasuringCodec, PixelRegion, PixelSize } from '../../../core/ports.ts';
import { withTimeLimit } from '../../../core/with-time-limit.ts';
import type { Opened } from '../worker/canvas-messages.ts';
import { type Drawing, loadDrawing } from './load-drawing.ts';
import { type CanvasWorker, startCanvasWorker } from './start-canvas-worker.ts';

/** Time limit for one image, in milliseconds; the largest photos take a few seconds on a phone. */
const TIME_LIMIT = 30_000;
/** How long an idle worker is kept, in milliseconds; it uses some memory and restarts quickly. */
const IDLE = 30_000;

type Kind = ReturnType<typeof checkKind>;

/** A file whose format is known. */
interface EncodedImage {
  readonly kind: Kind;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The part of an image to draw, null for all of it, and its size as a function of the original size. */
interface WantedPart {
  readonly size: (source: PixelSize) => PixelSize;
  readonly region: PixelRegion | null;
}

interface OpenImage {
  /** The upright size. */
  readonly source: PixelSize;
  readonly part: PixelRegion | null;
  readonly target: PixelSize;
  /** Whether a part of the file is missing. */
  readonly incomplete: boolean;
}

/** Formats that only some platforms decode: Safari does, Chromium does not. */
const UNSURE: ReadonlySet<Kind> = new Set<Kind>(['heic', 'tiff']);

/** Formats without transparency. */
const OPAQUE: ReadonlySet<Kind> = new Set<Kind>(['jpeg', 'bmp']);

/** A codec that keeps a worker for a while. */
export interface CanvasCodec extends MeasuringCodec {
  /** Closes the codec permanently: current and later images are cancelled. */
  close(): void;
}

/**
 * Fits images with browser APIs: upright, on the background with the best contrast, 8-bit sRGB, PNG for line art and
 * text, JPEG for photos, no metadata. A worker processes one image at a time and is replaced after an image that was
 * stopped or failed; the main thread only draws SVGs, which can't load external files.
 */
export function createCanvasCodec(): CanvasCodec {
  let worker: CanvasWorker | null = null;
  let idle: number | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  const endWorker = () => {
    worker?.end();
    worker = null;
  };

  const openIn = async <T>(
    bytes: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
    work: (image: EncodedImage, worker: CanvasWorker, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    window.clearTimeout(idle);
    const tooLong = new NotesightError('image_too_large', 'the image takes too long to decode', {
      data: { maxSeconds: TIME_LIMIT / 1000 },
    });
    try {
      return await withTimeLimit(signal, TIME_LIMIT, tooLong, (limited) => {
        if (closed) throw new NotesightError('cancelled', 'the codec was closed');
        const kind = checkedKind(bytes);
        worker ??= startCanvasWorker();
        return work({ kind, bytes }, worker, limited);
      });
    } catch (error) {
      // Work in the worker can be interrupted only by ending it.
      endWorker();
      throw error;
    } finally {
      if (worker !== null) idle = window.setTimeout(endWorker, IDLE);
    }
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const working = turn.then(work);
    turn = working.catch(() => undefined);
    return working;
  };

  return {
    fit: (bytes, size, signal, region = null) =>
      inTurn(() =>
        openIn(bytes, signal, (image, canvas, limited) => fitIn(image, { size, region }, canvas, limited)),
      ),
    gray: (bytes, size, signal) =>
      inTurn(() => openIn(bytes, signal, (image, canvas, limited) => grayIn(image, size, canvas, limited))),
    close() {
      closed = true;
      window.clearTimeout(idle);
      endWorker();
    },
  };
}

/**
 * The format, from checks without decoding.
 * @throws NotesightError `image_too_large`, `image_unreadable`, `image_unsupported`
 */
function checkedKind(bytes: Uint8Array): Kind {
  const kind = checkKind(bytes);
  if (typeof OffscreenCanvas === 'undefined')
    throw new NotesightError('image_unsupported', 'no OffscreenCanvas', {
      data: { why: 'this version of the system is too old; update it' },
    });
  const declared = declaredSize(bytes, kind);
  if (declared !== null) checkPixels(declared);
  return kind;
}

async function fitIn(
  image: EncodedImage,
  wanted: WantedPart,
  worker: CanvasWorker,
  signal: AbortSignal,
): Promise<FittedImage> {
  const { target, part, incomplete } = await openImage(image, wanted, worker, signal);
  // A JPEG stays a JPEG: its detail is already lossy, and no analysis is needed.
  const fitted = await reading(image.kind, () => worker.fit(target, part, image.kind === 'jpeg'));
  return incomplete ? { ...fitted, incomplete } : fitted;
}

async function grayIn(
  image: EncodedImage,
  size: WantedPart['size'],
  worker: CanvasWorker,
  signal: AbortSignal,
): Promise<GrayImage> {
  const { source, target } = await openImage(image, { size, region: null }, worker, signal);
  return { ...(await reading(image.kind, () => worker.gray(target))), source };
}

/** Opens an image in the worker; it draws a part of it, or all of it if that is null, at the target size. */
async function openImage(
  { kind, bytes }: EncodedImage,
  { size, region }: WantedPart,
  worker: CanvasWorker,
  signal: AbortSignal,
): Promise<OpenImage> {
  const measured = (source: PixelSize) => {
    const part = region === null ? null : clipRegion(region, source);
    return { source, part, target: wholePixels(size(part ?? source)) };
  };
  if (kind !== 'svg') {
    const { incomplete, ...source } = await reading(kind, () => openFile(worker, kind, bytes));
    return { ...measured(source), incomplete };
  }
  const drawing = await reading(kind, () => loadLightDrawing(bytes));
  const { source, part, target } = measured(drawingSize(drawing));
  // Stopping ends the worker, but the drawing is done in this thread.
  signal.throwIfAborted();
  await reading(kind, () => openDrawing(worker, drawing.draw(part === null ? target : source)));
  return { source, part, target, incomplete: false };
}

function loadLightDrawing(bytes: Uint8Array<ArrayBuffer>): Promise<Drawing> {
  return loadDrawing(rewriteSvg(bytes, lightTheme));
}

async function openDrawing(worker: CanvasWorker, drawing: ImageBitmap): Promise<void> {
  checkBlank(await worker.open(drawing, false, null));
}

/** @returns the upright size, and whether a part of the image is missing */
async function openFile(
  worker: CanvasWorker,
  kind: Kind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<PixelSize & { readonly incomplete: boolean }> {
  const opaque = OPAQUE.has(kind);
  try {
    // A copy, because data transferred to a worker is no longer available here.
    const opened = await worker.open(bytes.slice().buffer, opaque, null);
    checkPixels(opened);
    checkBlank(opened);
    return { width: opened.width, height: opened.height, incomplete: false };
  } catch (error) {
    if (error instanceof NotesightError) throw error;
    const cut = repairCutFile(bytes, kind);
    if (cut === null) throw error;
    const picture = cut.gap === 'clear' ? await drawCut(bytes, kind) : cut.bytes.buffer;
    const opened = await worker.open(picture, opaque, cut.gap);
    checkPixels(opened);
    checkGap(opened.missing);
    checkBlank(opened);
    return { width: opened.width, height: opened.height, incomplete: true };
  }
}

/** The missing part is transparent. */
async function drawCut(bytes: Uint8Array<ArrayBuffer>, kind: Kind): Promise<ImageBitmap> {
  const drawing = await loadDrawing(bytes, `image/${kind}`);
  return drawing.draw(drawing);
}

function checkBlank({ blank }: Opened): void {
  if (blank) throw new NotesightError('image_blank', 'all pixels are transparent');
}

/** Treats every decoding error as a broken file; its message is kept only for the log. */
async function reading<T>(kind: Kind, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof NotesightError) throw cause;
    throw UNSURE.has(kind)
      ? new NotesightError('image_unsupported', `${kind} is not decoded here`, { data: { kind }, cause })
      : new NotesightError('image_unreadable', `a broken ${kind} file`, { data: { kind }, cause });
  }
}
