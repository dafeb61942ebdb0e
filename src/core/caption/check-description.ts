import { isServerAtFault } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { Tiles } from '../image/cut-tiles.ts';
import type { Description } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ImageCodec, ImageStore } from '../ports.ts';
import type { AnswerLog, ImageAnswer } from './answer-log.ts';
import { crossCheck } from './cross-check.ts';
import { analyzeTiles } from './detailed-analysis.ts';
import type { FailureWatch } from './failure-watch.ts';
import type { ImageJob } from './image-job.ts';
import { showImage } from './show-image.ts';

export interface CheckPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: VisionModel;
  /** Cross-checks each description; null for none. */
  readonly second: VisionModel | null;
}

/**
 * Creates a function that runs the detailed analysis and the cross-check. If either fails, the previous answer is
 * kept; it is in the log by then.
 */
export function createChecks(
  ports: CheckPorts,
  { answers, failures }: { readonly answers: AnswerLog; readonly failures: FailureWatch },
): (job: ImageJob, first: ImageAnswer, tiles: Tiles | null) => Promise<ImageAnswer> {
  const { model } = ports;
  let { second } = ports;

  return async (job, first, tiles) => {
    const shown = showImage(job, model, ports);
    const { incomplete } = first.description;
    const also = (result: Description) => ({ ...result, ...(incomplete && { incomplete }) });
    let answer = first;
    if (tiles !== null) {
      answer = await answers.add(job, answer);
      const { description, way } = answer;
      const detailed = await attempt(() => analyzeTiles(tiles, description, shown));
      if (detailed instanceof NotesightError) {
        failures.checkFailed(detailed);
        return answer;
      }
      answer = { description: also(detailed), way: { ...way, parts: true }, record: null };
    }
    if (second !== null) {
      const checker = second;
      answer = await answers.add(job, answer);
      const { description, way } = answer;
      const both = await attempt(() => crossCheck(description, shown, showImage(job, checker, ports)));
      if (both instanceof NotesightError) {
        if (isServerAtFault(both)) second = null;
        return answer;
      }
      answer = { description: also(both), way: { ...way, second: checker.name }, record: null };
    }
    return answer;
  };
}

/** @returns the error if it fails with one; a stop is thrown */
async function attempt(work: () => Promise<Description>): Promise<Description | NotesightError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotesightError) || isCancelled(error)) throw error;
    return error;
  }
}
