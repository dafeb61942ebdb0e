import type { CaptionLog } from '../memory/caption-log.ts';
import type { Description, ImageContext, VisionModel } from '../model/vision-model.ts';
import type { ImageCodec, ImageStore, PixelSize } from '../ports.ts';
import { NotesightError } from '../errors.ts';
import { fingerprint } from '../image/fingerprint.ts';

export interface DescribePorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: VisionModel;
  readonly log: CaptionLog;
}

export interface FileDescription {
  readonly description: Description;
  /** Whether it came from the log and the model was not asked. */
  readonly cached: boolean;
}

/**
 * Load → fit → describe, with the log before and after. Images that are one and the same are asked about once,
 * also while the first answer is still to come.
 * @param slot runs the model's part, and only that, so that the next image is made ready while the model thinks
 */
export function createDescriber(
  ports: DescribePorts,
  options: { readonly useLog: boolean },
  slot: <T>(run: () => Promise<T>) => Promise<T>,
): (file: string, context: ImageContext, signal: AbortSignal) => Promise<FileDescription> {
  const { images, codec, model, log } = ports;
  const underWay = new Map<string, Promise<Description>>();
  /** Once the server or the model itself is at fault, the other images would only fail alike, slowly. */
  let fatal: NotesightError | null = null;

  async function ask(
    file: string,
    bytes: Uint8Array<ArrayBuffer>,
    context: ImageContext,
    signal: AbortSignal,
  ) {
    const fitted = await codec.fit(bytes, model.inputSize, signal);
    return slot(async () => {
      if (fatal !== null) throw fatal;
      signal.throwIfAborted();
      try {
        return await model.describe(fitted, context, signal);
      } catch (error) {
        if (error instanceof NotesightError && error.code === 'context_overflow') {
          const smaller = await codec.fit(await images.read(file, signal), halved(model.inputSize), signal);
          return model.describe(smaller, context, signal);
        }
        if (error instanceof NotesightError && FATAL.has(error.code)) fatal = error;
        throw error;
      }
    });
  }

  return async (file, context, signal) => {
    const bytes = await images.read(file, signal);
    const print = await fingerprint(bytes);
    const key = {
      fingerprint: print,
      engine: model.engine,
      model: model.name,
      language: context.language,
      version: model.version,
    };
    const known = options.useLog ? log.get(key) : undefined;
    if (known !== undefined) {
      await log.saw(known, file);
      return { description: known, cached: true };
    }

    const same = `${print} ${context.language}`;
    const first = underWay.get(same);
    if (first !== undefined) return { description: await first, cached: true };
    const answer = ask(file, bytes, context, signal);
    underWay.set(same, answer);
    const description = await answer;
    await log.put({ ...key, ...description }, file);
    return { description, cached: false };
  };
}

const FATAL: ReadonlySet<string> = new Set([
  'server_down',
  'server_refused',
  'unauthorized',
  'origin_refused',
  'model_missing',
  'model_cannot_see',
  'model_unloadable',
]);

/** Half the width and half the height: a quarter of the tokens, where they grow with the pixels. */
function halved(inputSize: (source: PixelSize) => PixelSize): (source: PixelSize) => PixelSize {
  return (source) => {
    const { width, height } = inputSize(source);
    return { width: Math.max(1, Math.round(width / 2)), height: Math.max(1, Math.round(height / 2)) };
  };
}
