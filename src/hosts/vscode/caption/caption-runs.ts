import { type ExtensionContext, window } from 'vscode';
import type { DetailCost } from '../../../core/caption/fine-detail.ts';
import { failedTargets } from '../../../editor/batch-report.ts';
import { isReviewed } from '../../../editor/caption-actions.ts';
import type { JobEnd } from '../../../editor/captioner.ts';
import { hasDrafts } from '../../../editor/review/has-drafts.ts';
import type { Services } from '../services.ts';
import { createCaptionNotices } from './caption-notices.ts';
import { type Batch, countImages, createJobRunner, type Job, type SurveyedJob } from './job-runner.ts';
import {
  createPreviewCaptions,
  type ReviewCaptions,
  type ReviewOptions,
} from '../review/preview-captions.ts';
import { createReviews } from '../review/reviews.ts';

/** Runs jobs for the commands and reports their progress and outcome. */
export interface CaptionRuns {
  /** Number of images to caption. */
  count(jobs: readonly Job[]): Promise<number>;
  /** Describes and writes, after a review if required by the settings. */
  caption(jobs: readonly Job[], batch?: Batch): Promise<void>;
  /** Describes and writes after a review. @param options `isSingle`: whether it is about a single image */
  review(
    jobs: readonly Job[],
    options: Omit<ReviewOptions, 'thorough'> & { readonly isSingle: boolean },
  ): Promise<void>;
  /** Shows that one image was updated, with a button to undo. */
  readonly showWritten: () => void;
  /** Shows why the batch is paused, with buttons to resume or dismiss it. */
  readonly showPaused: () => void;
}

/** @param undo undoes the last batch */
export function createCaptionRuns(
  context: Pick<ExtensionContext, 'extensionUri' | 'workspaceState'>,
  services: Services,
  undo: () => Promise<void>,
): CaptionRuns {
  const { words, showError, unfinished } = services;
  const runner = createJobRunner(services);
  const notices = createCaptionNotices(services, undo);
  const preview = createPreviewCaptions(services, runner, notices);
  const reviews = createReviews(context, services, notices);

  const review: ReviewCaptions = (jobs, options, batch) => {
    const isPreviewed = jobs[0]?.work.settings().inPreview === true;
    return isPreviewed ? preview(jobs, options, batch) : reviews.review(jobs, options, batch);
  };

  /** Whether the user edited or skipped images in an unfinished review. */
  function hasDraft(surveyed: readonly SurveyedJob[]): boolean {
    return surveyed.some(({ job, surveys }) => hasDrafts(surveys, reviews.draftsOf(job.work)));
  }

  /** Asks whether detailed analysis is worth its cost. */
  async function agree(cost: DetailCost): Promise<boolean> {
    const { question, look, whole } = words.fineDetail;
    const clicked = await window.showInformationMessage(question(cost), { modal: true }, look, whole);
    return clicked === look;
  }

  const runs: CaptionRuns = {
    count: async (jobs) => countImages(await runner.survey(jobs)),
    async caption(jobs, batch) {
      try {
        const surveyed = await runner.survey(jobs);
        const images = countImages(surveyed);
        const [first] = jobs;
        if (images === 0 || first === undefined) {
          if (batch?.resumed) unfinished.dismiss();
          void window.showInformationMessage(words.notices.nothingToDo);
          return;
        }
        const settings = first.work.settings();
        // A single image is fast; a batch takes a while anyway.
        const options = { useLog: true, thorough: images > 1 ? { agree } : null };
        if (isReviewed(settings, images) || hasDraft(surveyed)) {
          await review(jobs, { ...options, keepsAlt: false }, batch ?? null);
        } else {
          const end = await runner.run(jobs, { ...options, write: true }, () => undefined, batch ?? null);
          notices.showEnd(end, () => void runs.caption(withFailed(jobs, end)));
        }
      } catch (error) {
        showError(error);
      }
    },
    review: (jobs, { isSingle, ...options }) =>
      review(jobs, { ...options, thorough: { agree, isSingle } }, null),
    showWritten() {
      notices.showCounts({ written: 1, kept: 0, failed: 0 });
    },
    showPaused: notices.showPaused,
  };
  return runs;
}

/** The jobs again, only with the images that failed. */
function withFailed(jobs: readonly Job[], { results }: JobEnd): Job[] {
  return jobs.map((job) => {
    const { notes, wanted } = failedTargets(results, job.wanted);
    return { ...job, notes: job.notes.filter((note) => notes.includes(note)), wanted };
  });
}
