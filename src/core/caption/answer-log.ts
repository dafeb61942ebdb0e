import type { Description } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { CaptionKey, CaptionLog, CaptionRecord } from '../storage/caption-log.ts';
import { answerVersion, type AnswerWay, promptedVersion } from './answer-version.ts';
import type { ImageJob } from './image-job.ts';

/** A description of an image, and how it came about. */
export interface ImageAnswer {
  readonly description: Description;
  readonly way: AnswerWay;
  /** Its record if it is in the log already. */
  readonly record: CaptionRecord | null;
}

/** The answers of one model in the caption log. */
export interface AnswerLog {
  /**
   * Returns the answer in the log, made with the text as a hint or, as for images with little text, without. null if
   * there is none or the log is not used.
   */
  find(job: ImageJob, how: Omit<AnswerWay, 'textHint'>): ImageAnswer | null;
  /** Adds an answer unless it is in the wrong language: on the next run, the model may use the right one. */
  add(job: ImageJob, answer: ImageAnswer): Promise<ImageAnswer>;
}

export interface AnswerLogOptions {
  /** Whether to find answers. */
  readonly useLog: boolean;
  /** Whether images with a lot of text are described with it as a hint. */
  readonly hasTextHints: boolean;
}

export function createAnswerLog(
  log: CaptionLog,
  model: VisionModel,
  { useLog, hasTextHints }: AnswerLogOptions,
): AnswerLog {
  const keyOf = ({ print, context, promptPrint }: ImageJob, way: AnswerWay): CaptionKey => ({
    fingerprint: print,
    engine: model.engine,
    model: model.name,
    language: context.language,
    provenance: model.provenance,
    version: answerVersion(promptedVersion(model.version, promptPrint), way),
  });

  return {
    find(job, how) {
      if (!useLog) return null;
      for (const textHint of hasTextHints ? [true, false] : [false]) {
        const way = { ...how, textHint };
        const record = log.get(keyOf(job, way));
        if (record !== undefined) return { description: record, way, record };
      }
      return null;
    },
    async add(job, answer) {
      const { description, way, record } = answer;
      if (description.wrongLanguage === true) return answer;
      const key = keyOf(job, way);
      if (record === null) await log.put({ ...key, ...description }, job.file);
      else await log.saw(record, job.file);
      return { description, way, record: log.get(key) ?? null };
    },
  };
}
