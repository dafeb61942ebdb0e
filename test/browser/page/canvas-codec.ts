import { NotesightError } from '../../../src/core/errors.ts';
import { base64 } from '../../../src/core/text/base64.ts';
import type { FittedImage, PixelRegion, PixelSize } from '../../../src/core/ports.ts';
import { createCanvasCodec } from '../../../src/hosts/obsidian/adapters/canvas-codec.ts';
import type { FitOutcome } from '../fit-outcome.ts';

const codec = createCanvasCodec();
/** A long task is reported within this time, in milliseconds. */
const REPORTED = 200;
const never = new AbortController().signal;

async function load(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

async function outcome(fitting: Promise<FittedImage>, source: () => PixelSize | null): Promise<FitOutcome> {
  try {
    const { bytes, ...fitted } = await fitting;
    return { ...fitted, base64: base64(bytes), source: source() ?? { width: 0, height: 0 } };
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    const { code, message, data, cause } = error;
    return { code, message, data, cause: cause instanceof Error ? String(cause) : null };
  }
}

/** Fits a file or a region of it to `size`, or else to its own size. */
async function fit(path: string, size: PixelSize | null, region: PixelRegion | null): Promise<FitOutcome> {
  const bytes = await load(path);
  let source: PixelSize | null = null;
  const fitting = codec.fit(
    bytes,
    (asked) => {
      source = asked;
      return size ?? asked;
    },
    never,
    region,
  );
  return outcome(fitting, () => source);
}

/** The gray pixels of a file at the requested size, and the file's own size. */
async function gray(path: string, size: PixelSize): Promise<{ pixels: number[]; source: PixelSize }> {
  const { pixels, source } = await codec.gray(await load(path), () => size, never);
  return { pixels: [...pixels], source };
}

let begun: Promise<FitOutcome> | null = null;

/** Starts fitting a file; when this returns, the worker has received it. */
async function begin(path: string): Promise<void> {
  const bytes = await load(path);
  begun = outcome(
    codec.fit(bytes, (source) => source, never),
    () => null,
  );
  await pause(0);
}

/** The result of the fit that was started. */
async function ended(): Promise<FitOutcome | null> {
  return begun;
}

/**
 * Stops a fit before it starts, while it decodes, or when the size is requested. Returns how often the size was
 * requested.
 */
async function stop(path: string, when: 'before' | 'decoding' | 'sizing') {
  const bytes = await load(path);
  const stopper = new AbortController();
  let asked = 0;
  if (when === 'before') stopper.abort();
  const fitting = codec.fit(
    bytes,
    (source) => {
      asked++;
      if (when === 'sizing') stopper.abort();
      return source;
    },
    stopper.signal,
  );
  const stopped = outcome(fitting, () => null);
  // By the next task, the worker has received the file, and decoding takes longer than that.
  if (when === 'decoding')
    setTimeout(() => {
      stopper.abort();
    }, 0);
  return { outcome: await stopped, asked };
}

/** Fits several files requested at the same time. Returns the order of completion. */
async function fitTogether(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(paths.map(load));
  const done: string[] = [];
  await Promise.all(
    files.map(async (bytes, at) => {
      await codec.fit(bytes, (source) => source, never);
      done.push(paths[at] ?? '');
    }),
  );
  return done;
}

/** Fits a file with a new codec. @returns the duration of each long task of the main thread, in milliseconds */
async function longTasks(path: string, size: PixelSize): Promise<number[]> {
  const bytes = await load(path);
  const durations: number[] = [];
  const observer = new PerformanceObserver((list) => {
    durations.push(...list.getEntries().map(({ duration }) => duration));
  });
  const fresh = createCanvasCodec();
  await pause(REPORTED);
  observer.observe({ type: 'longtask' });
  await fresh.fit(bytes, () => size, never);
  // A task is reported only after it ends.
  await pause(REPORTED);
  observer.disconnect();
  fresh.close();
  return durations;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function close(): void {
  codec.close();
}

/** Closes the codec when it requests the size of a drawing, before its worker starts. */
async function closeWhileLoading(path: string): Promise<FitOutcome> {
  const bytes = await load(path);
  const fitting = codec.fit(
    bytes,
    (source) => {
      codec.close();
      return source;
    },
    never,
  );
  return outcome(fitting, () => null);
}

Object.assign(globalThis, {
  inPage: { fit, gray, begin, ended, stop, fitTogether, longTasks, close, closeWhileLoading },
});
