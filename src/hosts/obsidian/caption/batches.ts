import { type App, Notice } from 'obsidian';
import { mayPassLater } from '../../../core/error-kinds.ts';
import { NotesightError } from '../../../core/errors.ts';
import { failedTargets } from '../../../editor/batch-report.ts';
import { isReviewed, surveyNotes } from '../../../editor/caption-actions.ts';
import type { Captioner, CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import { pauseText } from '../../../editor/pause-text.ts';
import { hasDrafts } from '../../../editor/review/has-drafts.ts';
import type { ReviewDrafts } from '../../../editor/review/review-drafts.ts';
import {
  type BatchRecord,
  type UnfinishedBatch,
  type UnfinishedBatches,
  withoutFailed,
} from '../../../editor/unfinished-batch.ts';
import { QuestionNotice } from '../question-notice.ts';
import { showError } from '../show-error.ts';
import { captionTargets, type CaptionTargets } from './caption-targets.ts';
import { createDetailQuestion } from './detail-question.ts';
import { openReview } from './open-review.ts';
import type { ReviewPorts } from './review-modal.ts';
import { showBatchEnd } from './show-batch-end.ts';

/** Captions chosen images, and resumes batches that were interrupted. */
export interface Batches {
  /**
   * Captions images, after a review if the settings require one, and reports the outcome.
   * @param chosen paths chosen by the user, for resuming the batch later; null for a single image
   */
  caption(targets: CaptionTargets, chosen: readonly string[] | null): Promise<void>;
  /** Resumes the batch that is paused or was interrupted by a restart, with the remaining images. */
  readonly resume: () => Promise<void>;
  /** Like `resume`, but runs automatically and shows no message if the server is still down. */
  retry(): Promise<void>;
  /** Dismisses that batch. Completed captions stay. */
  readonly dismiss: () => void;
  /** Offers to resume a batch interrupted by a restart, if images remain. */
  offer(): Promise<void>;
  /** Closes the notice about the batch; the status bar still shows it. */
  close(): void;
}

export function createBatches(app: App, ports: ReviewPorts, unfinished: UnfinishedBatches): Batches {
  const { captioner, drafts, words, explain } = ports;
  const notice = new QuestionNotice();

  async function caption(
    targets: CaptionTargets,
    chosen: readonly string[] | null,
    resumed: UnfinishedBatch | null = null,
  ): Promise<void> {
    try {
      const { count, hasDraft } = await survey(targets, captioner, drafts);
      if (count === 0) {
        if (resumed !== null) unfinished.dismiss();
        new Notice(words.notices.nothingToDo);
        return;
      }
      const record = chosen === null ? null : unfinished.begin(chosen, resumed);
      const suspect = resumed?.suspect ?? null;
      // A single image is fast; a batch takes a while anyway.
      const thorough = count > 1 ? createDetailQuestion(app, words) : null;
      // Images that the user edited or skipped in an unfinished review must go through a review.
      if (isReviewed(captioner.ports.settings(), count) || hasDraft) {
        openReview(app, ports, targets, { record, suspect, thorough });
      } else {
        const job = { ...targets, write: true, useLog: true, thorough, suspect };
        const end = await runRecorded(job, record, captioner);
        if (end.pause !== null && end.pause === unfinished.pause) offerResume();
        else showEnd(end, targets);
      }
    } catch (error) {
      showError(error, explain);
    }
  }

  function showEnd(end: JobEnd, { wanted }: CaptionTargets): void {
    showBatchEnd(end, { app, notice, words, explain }, () => {
      void caption(failedTargets(end.results, wanted), null);
    });
  }

  function offerResume(): void {
    askToResume(notice, unfinished, ports, () => void resume());
  }

  async function resume(): Promise<void> {
    const { resumable: batch, pause } = unfinished;
    if (batch === null) return;
    const error = pause?.reason === 'server' ? await serverError(captioner) : null;
    if (error === null) {
      notice.hide();
      await caption(await remainingTargets(batch, app, ports), batch.chosen, batch);
    } else showError(error, explain);
  }

  return {
    caption,
    resume,
    async retry() {
      const { resumable: batch, pause } = unfinished;
      if (batch === null || pause?.reason !== 'server') return;
      // A review must not open without a user action.
      if (isReviewed(captioner.ports.settings(), batch.total - batch.done)) return;
      if ((await serverError(captioner)) === null) await resume();
    },
    dismiss() {
      notice.hide();
      unfinished.dismiss();
    },
    async offer() {
      const batch = unfinished.resumable;
      if (batch === null) return;
      const { count } = await survey(await remainingTargets(batch, app, ports), captioner, drafts);
      if (count > 0) offerResume();
      else unfinished.dismiss();
    },
    close() {
      notice.hide();
    },
  };
}

/** Shows why the batch is paused, with buttons to resume or dismiss it. */
function askToResume(
  notice: QuestionNotice,
  { pause, resumable, dismiss }: UnfinishedBatches,
  { words, explain }: ReviewPorts,
  resume: () => void,
): void {
  if (resumable === null) return;
  const labels = words.paused;
  notice.show(
    { text: pauseText(words, explain, resumable, pause) },
    { label: labels.resume, run: resume },
    { label: pause === null ? labels.dismiss : labels.stop, run: dismiss },
  );
}

/** Counts the images that would be described, and reports whether one has a draft of an unfinished review. */
async function survey(
  { notes, wanted }: CaptionTargets,
  captioner: Captioner,
  drafts: ReviewDrafts,
): Promise<{ readonly count: number; readonly hasDraft: boolean }> {
  const surveys = await surveyNotes(captioner.ports, notes, wanted);
  return { count: surveys.flatMap((each) => each.wanted).length, hasDraft: hasDrafts(surveys, drafts) };
}

async function runRecorded(
  job: CaptionJob,
  record: BatchRecord | null,
  captioner: Captioner,
): Promise<JobEnd> {
  try {
    const end = await captioner.run(job, (event) => record?.onEvent(event));
    record?.end(end);
    return end;
  } catch (error) {
    record?.giveUp();
    throw error;
  }
}

/**
 * The error if the server is still down, or null. A batch started with the server is not continued by the embedded
 * engine.
 */
async function serverError({ ports }: Captioner): Promise<NotesightError | null> {
  try {
    await ports.openNamed(ports.settings().model, new AbortController().signal);
    return null;
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    return mayPassLater(error) ? error : null;
  }
}

/** The remaining images of a batch. */
async function remainingTargets(
  batch: UnfinishedBatch,
  app: App,
  { captioner, skipped }: ReviewPorts,
): Promise<CaptionTargets> {
  const files = batch.chosen.flatMap((path) => {
    const file = path === '/' ? app.vault.getRoot() : app.vault.getAbstractFileByPath(path);
    return file ?? [];
  });
  const { notes, wanted } = captionTargets(files, app, captioner.ports.settings(), await skipped());
  return { notes, wanted: withoutFailed(wanted, batch) };
}
