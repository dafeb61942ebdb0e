import { isCancelled } from '../errors.ts';
import { fingerprint } from '../image/fingerprint.ts';
import { onAbort } from '../on-abort.ts';
import { isOfParts } from './answer-version.ts';
import type { DescribePorts } from './describe-file.ts';
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
  useLog: boolean,
  ports: DescribePorts,
  signal: AbortSignal,
): AsyncGenerator<MeasuredEvent, AgreedDetail | null> {
  const fineDetail = createFineDetail(choice, ports);
  if (fineDetail === null) return null;
  const costs = new Map<string, DetailCost>();
  const found = new Set<string>();
  let done = 0;
  for (const file of files) {
    if (signal.aborted) return null;
    const tiled = await costOf(file, fineDetail, useLog, ports, signal);
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

/** The cost of analyzing an image in tiles; null if it needs none or the log has such an analysis already. */
async function costOf(
  file: string,
  fineDetail: FineDetail,
  useLog: boolean,
  { images, log, model }: DescribePorts,
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
  const last = log.last(print);
  const wasAnalyzed = last?.engine === model.engine && last.model === model.name && isOfParts(last.version);
  if (useLog && wasAnalyzed) return null;
  try {
    const tiles = await fineDetail.tilesOf(print, bytes, signal);
    return tiles === null ? null : { print, cost: fineDetail.costOf(tiles) };
  } catch (error) {
    if (isCancelled(error) || signal.aborted) return null;
    throw error;
  }
}
