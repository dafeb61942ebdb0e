import { isServerAtFault, isUnusableAnswer } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { Tiles } from '../image/cut-tiles.ts';
import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { DESCRIBE_WHOLE, type DescribeTask } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Recognizer, ImageStore, MeasuringCodec, ReadLine } from '../ports.ts';
import type { CaptionKey, CaptionLog, CaptionRecord } from '../storage/caption-log.ts';
import type { Claims } from '../storage/claims.ts';
import { answerVersion, type AnswerWay } from './answer-version.ts';
import { crossCheck } from './cross-check.ts';
import type { DetailSurvey } from './detail-survey.ts';
import { analyzeTiles } from './detailed-analysis.ts';
import type { FineDetail } from './fine-detail.ts';
import { showImage } from './show-image.ts';
import { readTextHint } from './text-hint.ts';

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

/** A description of an image, and how it came about. */
interface Answer {
  readonly description: Description;
  readonly way: AnswerWay;
  /** Its record if it is in the log already. */
  readonly record: CaptionRecord | null;
}

/** An image in progress. */
interface Job {
  readonly file: string;
  readonly print: string;
  readonly context: ImageContext;
  readonly signal: AbortSignal;
}

/**
 * Load → fit → describe, with the log before and after. Identical images are described once, even while the first
 * answer is pending.
 * @param slot runs the model's part, and only that, so that the next image is prepared while the model runs
 */
export function createDescriber(
  ports: DescribePorts,
  options: DescribeOptions,
  slot: <T>(run: () => Promise<T>) => Promise<T>,
): (file: string, context: ImageContext, signal: AbortSignal) => Promise<FileDescription> {
  const { images, codec, model, log } = ports;
  // The embedded engine needs no text hint and supports neither tiles nor a cross-check.
  const reader = model.tasks === null ? null : (ports.reader ?? null);
  const fineDetail = model.tasks === null ? null : (options.fineDetail ?? null);
  const survey = model.tasks === null ? null : (options.survey ?? null);
  let second = model.tasks === null ? null : (ports.second ?? null);
  const secondName = second?.name ?? null;
  const underWay = new Map<string, Promise<FileDescription>>();
  const failFast = options.failFast ?? true;
  /** Once the server or the model is at fault, every other image would fail in the same way, but slowly. */
  let fatal: NotesightError | null = null;
  /** The number of consecutive answers that said there is no image. */
  let withoutImage = 0;

  function noteFailure(error: unknown): void {
    if (failFast && error instanceof NotesightError && isServerAtFault(error)) fatal = error;
  }

  const keyOf = ({ print, context }: Job, way: AnswerWay): CaptionKey => ({
    fingerprint: print,
    engine: model.engine,
    model: model.name,
    language: context.language,
    provenance: model.provenance,
    version: answerVersion(model.version, way),
  });

  /** The answer in the log, made with the text as a hint or, as for images with little text, without. */
  function known(job: Job, how: Omit<AnswerWay, 'textHint'>): Answer | null {
    if (!options.useLog) return null;
    for (const textHint of reader === null ? [false] : [true, false]) {
      const way = { ...how, textHint };
      const record = log.get(keyOf(job, way));
      if (record !== undefined) return { description: record, way, record };
    }
    return null;
  }

  /**
   * Adds the answer to the log unless it is in the wrong language: on the next run, the model may use the right one.
   */
  async function remember(job: Job, answer: Answer): Promise<Answer> {
    const { description, way, record } = answer;
    if (description.wrongLanguage === true) return answer;
    const key = keyOf(job, way);
    if (record === null) await log.put({ ...key, ...description }, job.file);
    else await log.saw(record, job.file);
    return { description, way, record: log.get(key) ?? null };
  }

  /** The log's answer if it was made exactly as requested. */
  async function knownInFull(job: Job): Promise<FileDescription | null> {
    const done = known(job, { parts: fineDetail !== null, second: secondName });
    if (done === null) return null;
    await remember(job, done);
    return { description: done.description, cached: true };
  }

  /** Waits while another program describes the image, then uses its answer. */
  async function describeAlone(job: Job, bytes: Uint8Array<ArrayBuffer>): Promise<FileDescription> {
    const key = [job.print, model.engine, model.name, job.context.language].join(' ');
    const claim = options.useLog ? await ports.claims?.take(key, job.signal) : undefined;
    try {
      if (claim?.wasTaken === true) await log.refresh();
      return (await knownInFull(job)) ?? (await describe(job, bytes));
    } finally {
      await claim?.release();
    }
  }

  async function describe(job: Job, bytes: Uint8Array<ArrayBuffer>): Promise<FileDescription> {
    const { print, signal } = job;
    const tiles = fineDetail === null ? null : await fineDetail.tilesOf(print, bytes, signal);
    // Without fine detail, the description of the whole image is complete.
    const enough = tiles === null ? known(job, { parts: false, second: secondName }) : null;
    const whole = enough ?? known(job, { parts: false, second: null });
    const describeWhole = whole === null ? await prepare(job, bytes) : () => Promise.resolve(whole);
    if (enough === null) survey?.add(print, bytes, signal);
    const answer =
      enough ??
      (await slot(async () => {
        if (fatal !== null) throw fatal;
        signal.throwIfAborted();
        const start = Date.now();
        const checked = await addChecks(job, await describeWhole(), tiles);
        survey?.took(Date.now() - start);
        return checked;
      }));
    await remember(job, answer);
    return { description: answer.description, cached: enough !== null };
  }

  /** @returns a function that sends the whole image to the model */
  async function prepare(job: Job, bytes: Uint8Array<ArrayBuffer>): Promise<() => Promise<Answer>> {
    const { file, signal } = job;
    const context = { ...job.context, fileName: file.slice(file.lastIndexOf('/') + 1) };
    const [fitted, textHint] = await Promise.all([
      codec.fit(bytes, model.inputSize, signal),
      reader === null ? '' : readTextHint(bytes, codec, reader, signal),
    ]);
    const task: DescribeTask = textHint === '' ? DESCRIBE_WHOLE : { kind: 'whole', textHint };
    return async () => {
      try {
        const result = await showImage(file, context, model, ports, signal).ask(task, fitted, null);
        options.onAnswer?.();
        withoutImage = 0;
        const text = result.text || textHint;
        const { incomplete } = fitted;
        const description = { ...result, text, ...(incomplete && { incomplete }) };
        return { description, way: { textHint: textHint !== '', parts: false, second: null }, record: null };
      } catch (error) {
        if (!(error instanceof NotesightError)) throw error;
        if (isUnusableAnswer(error) || error.code === 'context_overflow') options.onAnswer?.();
        withoutImage = error.data['reason'] === 'blind' ? withoutImage + 1 : 0;
        if (withoutImage === MAX_WITHOUT_IMAGE) throw (fatal = imagesNotReceived(model.name));
        noteFailure(error);
        throw error;
      }
    };
  }

  /**
   * Runs the detailed analysis and the cross-check. If either fails, the previous answer is kept; it is in the log by
   * then.
   */
  async function addChecks(job: Job, first: Answer, tiles: Tiles | null): Promise<Answer> {
    const { file, context, signal } = job;
    const shown = showImage(file, context, model, ports, signal);
    const { incomplete } = first.description;
    const also = (result: Description) => ({ ...result, ...(incomplete && { incomplete }) });
    let answer = first;
    if (tiles !== null) {
      answer = await remember(job, answer);
      const { description, way } = answer;
      const detailed = await attempt(() => analyzeTiles(tiles, description, shown));
      if (detailed instanceof NotesightError) {
        noteFailure(detailed);
        return answer;
      }
      answer = { description: also(detailed), way: { ...way, parts: true }, record: null };
    }
    if (second !== null) {
      answer = await remember(job, answer);
      const { description, way } = answer;
      const other = showImage(file, context, second, ports, signal);
      const both = await attempt(() => crossCheck(description, shown, other));
      if (both instanceof NotesightError) {
        if (isServerAtFault(both)) second = null;
        return answer;
      }
      answer = { description: also(both), way: { ...way, second: secondName }, record: null };
    }
    return answer;
  }

  return async (file, context, signal) => {
    const bytes = await images.read(file, signal);
    const job = { file, print: await fingerprint(bytes), context, signal };
    const done = await knownInFull(job);
    if (done !== null) return done;
    const same = `${job.print} ${context.language}`;
    const first = underWay.get(same);
    if (first !== undefined) return { ...(await first), cached: true };
    const answer = describeAlone(job, bytes);
    underWay.set(same, answer);
    // A failed description may be tried again.
    answer.catch(() => underWay.delete(same));
    return answer;
  };
}

/**
 * After this many consecutive answers, images evidently don't reach the model. One could be a blank image or a mistake
 * of the model, and any good answer resets the count.
 */
const MAX_WITHOUT_IMAGE = 2;

function imagesNotReceived(model: string): NotesightError {
  const data = { model, reason: 'blind' };
  return new NotesightError('model_cannot_see', 'The model did not receive or cannot see the images.', {
    data,
  });
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
