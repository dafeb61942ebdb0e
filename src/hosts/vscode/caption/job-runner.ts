import type { CaptionEvent, CaptionOptions } from '../../../core/caption/caption-notes.ts';
import type { DetailOffer } from '../../../core/caption/detail-survey.ts';
import type { ImageResult } from '../../../core/caption/image-result.ts';
import { type NoteSurvey, surveyNotes } from '../../../editor/caption-actions.ts';
import type { CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import type { BatchRecord, UnfinishedBatch } from '../../../editor/unfinished-batch.ts';
import type { Services } from '../services.ts';
import type { VaultWork } from '../vault-work.ts';
import { withBatchProgress } from './batch-progress.ts';

/** The notes and images of a vault to caption. */
export interface Job {
  readonly work: VaultWork;
  /** Relative to the vault. */
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
}

/** A batch that can be resumed. */
export interface Batch {
  /** The files and folders chosen by the user, as URIs. */
  readonly chosen: readonly string[];
  /** The batch to continue; null for a new one. */
  readonly resumed: UnfinishedBatch | null;
}

/** A job with the images in its notes. */
export interface SurveyedJob {
  readonly job: Job;
  readonly surveys: readonly NoteSurvey[];
}

/** Number of images to caption. */
export function countImages(surveyed: readonly SurveyedJob[]): number {
  return surveyed.flatMap(({ surveys }) => surveys.flatMap(({ wanted }) => wanted)).length;
}

/** Runs jobs and records those of a batch, so that it can be resumed. */
export interface JobRunner {
  /** Reads the notes of the jobs. */
  readonly survey: (jobs: readonly Job[]) => Promise<readonly SurveyedJob[]>;
  /** Runs the jobs in order; if one is stopped, the rest are skipped. */
  run(
    jobs: readonly Job[],
    options: Pick<CaptionJob, 'write' | 'useLog' | 'thorough'>,
    onEvent: (event: CaptionEvent, job: Job) => void,
    batch: Batch | null,
  ): Promise<JobEnd>;
}

/** Images with alt text of their own are in the results of their note, too, but no engine was used for them. */
function isPartOfJob({ status, engine }: ImageResult): boolean {
  return status !== 'kept' || engine !== null;
}

async function surveyJobs(jobs: readonly Job[]): Promise<SurveyedJob[]> {
  const surveyed: SurveyedJob[] = [];
  for (const job of jobs) {
    const { work, notes, wanted } = job;
    surveyed.push({ job, surveys: await surveyNotes(work.captioner.ports, notes, wanted) });
  }
  return surveyed;
}

export function createJobRunner(services: Services): JobRunner {
  const { log, unfinished } = services;

  async function runEach(
    jobs: readonly Job[],
    options: Pick<CaptionJob, 'write' | 'useLog' | 'thorough' | 'suspect'>,
    onEvent: (event: CaptionEvent, job: Job) => void,
    record: BatchRecord | null,
  ): Promise<JobEnd> {
    return withBatchProgress(services, countImages(await surveyJobs(jobs)), async (signal) => {
      const results: ImageResult[] = [];
      let offer: DetailOffer | null = null;
      for (const job of jobs) {
        const { work, notes, wanted } = job;
        const each = (event: CaptionEvent) => {
          logFailure(event);
          record?.onEvent(event);
          onEvent(event, job);
        };
        const end = await work.captioner.run({ notes, wanted, ...options }, each, signal);
        results.push(...end.results.filter(isPartOfJob));
        offer = end.offer ?? offer;
        if (end.stopped || end.pause !== null) return { ...end, results };
      }
      return { results, stopped: false, offer, pause: null };
    });
  }

  function logFailure(event: CaptionEvent): void {
    if (event.type !== 'image' || event.result.status !== 'failed' || event.result.error === null) return;
    const { note, error } = event.result;
    log.warn(`${note}: ${services.explain(error).message}`);
  }

  return {
    survey: surveyJobs,
    async run(jobs, options, onEvent, batch) {
      const record = batch === null ? null : unfinished.begin(batch.chosen, batch.resumed);
      const suspect = batch?.resumed?.suspect ?? null;
      try {
        const end = await runEach(jobs, { ...options, suspect }, onEvent, record);
        record?.end(end);
        return end;
      } catch (error) {
        record?.giveUp();
        throw error;
      }
    },
  };
}
