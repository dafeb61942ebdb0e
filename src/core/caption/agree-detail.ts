import { isCancelled } from '../errors.ts';
import { fingerprint } from '../image/fingerprint.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { onAbort } from '../on-abort.ts';
import type { ImageStore, MeasuringCodec } from '../ports.ts';
import type { CaptionLog } from '../storage/caption-log.ts';
import { includesTiles } from './answer-version.ts';
import {
  createFineDetail,
  type DetailChoice,
  type DetailCost,
  type FineDetail,
  sumCosts,
} from './fine-detail.ts';

/** Which images are analyzed in tiles. */
export interface DetailOption {
  readonly choice: DetailChoice;
  /** Called before anything is described if there are such images; resolves to whether they are worth their cost. */
  readonly agree: (cost: DetailCost) => Promise<boolean>;
}

export interface MeasuringPorts {
  readonly images: ImageStore;
  readonly codec: MeasuringCodec;
  readonly model: VisionModel;
  /** The log with earlier analyses; null to repeat them. */
  readonly log: CaptionLog | null;
}

/** Tiles that the user agreed to. */
export interface AgreedDetail {
  readonly fineDetail: FineDetail;
  /** The files to analyze in tiles. */
  readonly files: ReadonlySet<string>;
}

/** Images are measured before anything is described: how many of how many are done. */
export interface MeasuredEvent {
  readonly type: 'measured';
  readonly done: number;
  readonly total: number;
}

/**
 * Measures the images and asks the user whether those with fine detail are worth their cost.
 * @returns null if not
 */
export async function* agreeDetail(
  { choice, agree }: DetailOption,
  files: ReadonlySet<string>,
  ports: MeasuringPorts,
  signal: AbortSignal,
): AsyncGenerator<MeasuredEvent, AgreedDetail | null> {
  const fineDetail = createFineDetail(choice, ports);
  if (fineDetail === null) return null;
  const { images } = ports;
  const isDone = (print: string) => wasAnalyzed(print, ports);
  const costs = new Map<string, DetailCost>();
  const found = new Set<string>();
  let done = 0;
  for (const file of files) {
    if (signal.aborted) return null;
    const tiled = await costOf(file, { images, fineDetail, isDone }, signal);
    if (tiled !== null) {
      // Copies of an image are described once.
      costs.set(tiled.print, tiled.cost);
      found.add(file);
    }
    yield { type: 'measured', done: ++done, total: files.size };
  }
  const cost = sumCosts([...costs.values()]);
  // If no image costs anything more, no question is needed: earlier detailed analyses still come from the log.
  const agreed = cost.images === 0 || (await unlessStopped(agree(cost), signal));
  return agreed ? { fineDetail, files: found } : null;
}

/** The answer, or false if the batch is stopped before it comes. */
async function unlessStopped(answer: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  let stopListening = (): void => undefined;
  const stopped = new Promise<boolean>((resolve) => {
    stopListening = onAbort(signal, () => {
      resolve(false);
    });
  });
  try {
    return await Promise.race([answer, stopped]);
  } finally {
    stopListening();
  }
}

/** Whether the log has a detailed analysis of an image by this model. */
function wasAnalyzed(print: string, { log, model }: MeasuringPorts): boolean {
  const last = log?.last(print);
  return last?.engine === model.engine && last.model === model.name && includesTiles(last.version);
}

interface Measuring {
  readonly images: ImageStore;
  readonly fineDetail: FineDetail;
  /** Whether the image with this fingerprint was analyzed already. */
  readonly isDone: (print: string) => boolean;
}

/** The cost of analyzing an image in tiles; null if it needs none or was analyzed already. */
async function costOf(
  file: string,
  { images, fineDetail, isDone }: Measuring,
  signal: AbortSignal,
): Promise<{ readonly print: string; readonly cost: DetailCost } | null> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await images.read(file, signal);
  } catch {
    // The error is reported when the image is described.
    return null;
  }
  const print = await fingerprint(bytes);
  if (isDone(print)) return null;
  try {
    const tiles = await fineDetail.tilesOf(print, bytes, signal);
    return tiles === null ? null : { print, cost: fineDetail.costOf(tiles) };
  } catch (error) {
    if (isCancelled(error) || signal.aborted) return null;
    throw error;
  }
}
