import { imagePromptPrint } from '../describe/prompt-version.ts';
import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ImageStore, MeasuringCodec, ReadLine, Recognizer } from '../ports.ts';
import type { CaptionLog } from '../storage/caption-log.ts';
import type { Claims } from '../storage/claims.ts';
import { createAnswerLog } from './answer-log.ts';
import { createChecks } from './check-description.ts';
import { prepareWhole } from './describe-whole.ts';
import type { DetailSurvey } from './detail-survey.ts';
import { createFailureWatch } from './failure-watch.ts';
import type { FineDetail } from './fine-detail.ts';
import type { ImageJob } from './image-job.ts';

export interface DescribePorts {
  readonly images: ImageStore;
  readonly codec: MeasuringCodec;
  readonly model: VisionModel;
  readonly log: CaptionLog;
  /** Reads the text of images with a lot of text, as a hint for the model; null or omitted for none. */
  readonly reader?: Recognizer<ReadLine> | null;
  /** Cross-checks each description; null or omitted for none. */
  readonly second?: VisionModel | null;
  /** Keeps other programs from describing the same image meanwhile; null or omitted if there are none. */
  readonly claims?: Claims | null;
}

export interface DescribeOptions {
  /** Whether to use answers from the log instead of running the model. */
  readonly useLog: boolean;
  /** Finds the images to analyze in tiles; null or omitted for none. */
  readonly fineDetail?: FineDetail | null;
  /** Measures what tiles would add to images that are described as a whole; null or omitted for nothing. */
  readonly survey?: DetailSurvey | null;
  /** Whether to send no more images after the server failed; false if the caller decides. Default: true. */
  readonly failFast?: boolean;
  /** Called as soon as the server has answered, whether or not the answer is usable. */
  readonly onAnswer?: () => void;
}

export interface FileDescription {
  readonly description: Description;
  /** Whether it came from the log and the model was not run. */
  readonly cached: boolean;
}

export type Describer = (
  file: string,
  context: ImageContext,
  signal: AbortSignal,
) => Promise<FileDescription>;

/**
 * Load → fit → describe, with the log before and after. Identical images are described once, even while the first
 * answer is pending.
 * @param slot runs the model's part, and only that, so that the next image is prepared while the model runs
 */
export function createDescriber(
  ports: DescribePorts,
  options: DescribeOptions,
  slot: <T>(run: () => Promise<T>) => Promise<T>,
): Describer {
  const { images, codec, model, log } = ports;
  // The embedded engine needs no text hint and supports neither tiles nor a cross-check.
  const hasTasks = model.tasks !== null;
  const reader = hasTasks ? (ports.reader ?? null) : null;
  const second = hasTasks ? (ports.second ?? null) : null;
  const fineDetail = hasTasks ? (options.fineDetail ?? null) : null;
  const survey = hasTasks ? (options.survey ?? null) : null;
  const secondName = second?.name ?? null;
  const onAnswer = options.onAnswer ?? (() => undefined);

  const answers = createAnswerLog(log, model, { useLog: options.useLog, hasTextHints: reader !== null });
  const failures = createFailureWatch(model.name, options.failFast ?? true);
  const addChecks = createChecks({ images, codec, model, second }, { answers, failures });
  const underWay = new Map<string, Promise<FileDescription>>();

  /** The log's answer if it was made exactly as requested. */
  async function knownInFull(job: ImageJob): Promise<FileDescription | null> {
    const done = answers.find(job, { parts: fineDetail !== null, second: secondName });
    if (done === null) return null;
    await answers.add(job, done);
    return { description: done.description, cached: true };
  }

  /** Waits while another program describes the image, then uses its answer. */
  async function describeAlone(job: ImageJob, bytes: Uint8Array<ArrayBuffer>): Promise<FileDescription> {
    const key = [job.print, model.engine, model.name, job.context.language, job.promptPrint].join(' ').trim();
    const claim = options.useLog ? await ports.claims?.take(key, job.signal) : undefined;
    try {
      if (claim?.wasTaken === true) await log.refresh();
      return (await knownInFull(job)) ?? (await describe(job, bytes));
    } finally {
      await claim?.release();
    }
  }

  async function describe(job: ImageJob, bytes: Uint8Array<ArrayBuffer>): Promise<FileDescription> {
    const { print, signal } = job;
    const tiles = fineDetail === null ? null : await fineDetail.tilesOf(print, bytes, signal);
    // Without fine detail, the description of the whole image is complete.
    const enough = tiles === null ? answers.find(job, { parts: false, second: secondName }) : null;
    const whole = enough ?? answers.find(job, { parts: false, second: null });
    const describeWhole =
      whole === null
        ? await prepareWhole(job, bytes, { images, codec, model, reader }, { failures, onAnswer })
        : () => Promise.resolve(whole);
    if (enough === null) survey?.add(print, bytes, signal);
    const answer =
      enough ??
      (await slot(async () => {
        if (failures.fatal !== null) throw failures.fatal;
        signal.throwIfAborted();
        const start = Date.now();
        const checked = await addChecks(job, await describeWhole(), tiles);
        survey?.took(Date.now() - start);
        return checked;
      }));
    await answers.add(job, answer);
    return { description: answer.description, cached: enough !== null };
  }

  return async (file, context, signal) => {
    const bytes = await images.read(file, signal);
    // The embedded engine has no prompts.
    const prompt = model.engine === 'embedded' ? null : (context.prompt ?? null);
    const promptPrint = await imagePromptPrint(prompt);
    const job = { file, print: await fingerprint(bytes), context, promptPrint, signal };
    const done = await knownInFull(job);
    if (done !== null) return done;
    const same = `${job.print} ${context.language} ${promptPrint}`;
    const first = underWay.get(same);
    if (first !== undefined) return { ...(await first), cached: true };
    const answer = describeAlone(job, bytes);
    underWay.set(same, answer);
    // A failed description may be tried again.
    answer.catch(() => underWay.delete(same));
    return answer;
  };
}
