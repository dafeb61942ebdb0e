import { commands, ProgressLocation, window } from 'vscode';
import type { CaptionEvent, CaptionOptions, StoppedEvent } from '../../../core/caption/caption-notes.ts';
import type { DetailOffer } from '../../../core/caption/detail-survey.ts';
import type { DetailCost } from '../../../core/caption/fine-detail.ts';
import type { ImageResult } from '../../../core/caption/image-result.ts';
import type { Caption, ReadNote } from '../../../core/caption/write-captions.ts';
import { NotesightError } from '../../../core/errors.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import type { CaptionStyle } from '../../../core/note/write-caption.ts';
import { captionOutcome, isReviewed, surveyNotes } from '../../../editor/caption-actions.ts';
import type { CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import type { CaptionCounts } from '../../../editor/messages/counts.ts';
import { pauseText } from '../../../editor/pause-text.ts';
import { statusText } from '../../../editor/status-text.ts';
import type { BatchRecord, UnfinishedBatch } from '../../../editor/unfinished-batch.ts';
import type { Services, VaultWork } from '../services.ts';
import { type NoteProposal, reviewEdit } from './review-edit.ts';

/** The notes and images of a vault to caption. */
export interface Job {
  readonly work: VaultWork;
  /** Relative to the vault. */
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
}

export interface ReviewOptions {
  /** Whether to reuse answers from the log instead of querying the model. */
  readonly useLog: boolean;
  readonly style: CaptionStyle;
  /** Whether alt text written by the user stays, and only the text below the image is new. */
  readonly keepsAlt: boolean;
  /** As in `CaptionJob`; if omitted, the user is asked. */
  readonly thorough?: CaptionJob['thorough'];
  /** Whether it is about a single image. */
  readonly isSingle?: boolean;
}

/** A batch that can be resumed. */
export interface Batch {
  /** The files and folders chosen by the user, as URIs. */
  readonly chosen: readonly string[];
  /** The batch to continue; null for a new one. */
  readonly resumed: UnfinishedBatch | null;
}

/** Runs jobs for the commands and reports their progress and outcome. */
export interface CaptionRuns {
  /** Number of images to caption. */
  count(jobs: readonly Job[]): Promise<number>;
  /** Describes and writes, after a review if required by the settings. */
  caption(jobs: readonly Job[], batch?: Batch): Promise<void>;
  /** Reports why the batch is paused, with buttons to resume or dismiss it. */
  tellPaused(): void;
  review(jobs: readonly Job[], options: ReviewOptions): Promise<void>;
}

/** @param undo called by the button of a notification */
export function createCaptionRuns(services: Services, undo: () => void): CaptionRuns {
  const { words, tell, log, unfinished } = services;

  async function count(jobs: readonly Job[]): Promise<number> {
    let images = 0;
    for (const { work, notes, wanted } of jobs) {
      const surveys = await surveyNotes(work.captioner.ports, notes, wanted);
      images += surveys.reduce((sum, survey) => sum + survey.wanted.length, 0);
    }
    return images;
  }

  /** Progress in the status bar for one image, in a notification for several. */
  async function withProgress<T>(images: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const location = images > 1 ? ProgressLocation.Notification : ProgressLocation.Window;
    const options = { location, title: words.batch.title, cancellable: true };
    return window.withProgress(options, async (progress, token) => {
      const controller = new AbortController();
      const stop = token.onCancellationRequested(() => {
        controller.abort(new NotesightError('cancelled', 'stopped'));
      });
      let reported = 0;
      const report = services.onProgress(() => {
        const state = services.progress();
        if (state === null) return;
        const { text, timeLeft } = statusText({ ...state, now: Date.now() });
        const left =
          timeLeft === null || timeLeft === 0 ? '' : ` · ${words.status.timeLeft(timeLeft / 1000)}`;
        progress.report({
          message: text + left,
          increment: (100 * (state.done - reported)) / Math.max(1, images),
        });
        reported = state.done;
      });
      try {
        return await run(controller.signal);
      } finally {
        stop.dispose();
        report.dispose();
      }
    });
  }

  /** Runs the jobs in order; if one is stopped, the rest are skipped. */
  async function run(
    jobs: readonly Job[],
    how: Pick<CaptionJob, 'write' | 'useLog' | 'thorough'>,
    onEvent: (event: CaptionEvent, job: Job) => void,
    batch: Batch | null,
  ): Promise<JobEnd> {
    const record = batch === null ? null : unfinished.begin(batch.chosen, batch.resumed);
    try {
      const end = await runEach(jobs, { ...how, suspect: batch?.resumed?.suspect ?? null }, onEvent, record);
      record?.end(end);
      return end;
    } catch (error) {
      record?.giveUp();
      throw error;
    }
  }

  async function runEach(
    jobs: readonly Job[],
    how: Pick<CaptionJob, 'write' | 'useLog' | 'thorough' | 'suspect'>,
    onEvent: (event: CaptionEvent, job: Job) => void,
    record: BatchRecord | null,
  ): Promise<JobEnd> {
    return withProgress(await count(jobs), async (signal) => {
      const results: ImageResult[] = [];
      let offer: DetailOffer | null = null;
      for (const job of jobs) {
        const { work, notes, wanted } = job;
        const each = (event: CaptionEvent) => {
          logFailure(event);
          record?.onEvent(event);
          onEvent(event, job);
        };
        const end = await work.captioner.run({ notes, wanted, ...how }, each, signal);
        results.push(...end.results);
        offer = end.offer ?? offer;
        if (end.stopped || end.pause !== null) return { ...end, results };
      }
      return { results, stopped: false, offer, pause: null };
    });
  }

  /** Asks whether detailed analysis is worth its cost. */
  async function agree(cost: DetailCost): Promise<boolean> {
    const { question, look, whole } = words.fineDetail;
    const clicked = await window.showInformationMessage(question(cost), { modal: true }, look, whole);
    return clicked === look;
  }

  function logFailure(event: CaptionEvent): void {
    if (event.type !== 'image' || event.result.status !== 'failed' || event.result.error === null) return;
    const { note, error } = event.result;
    log.warn(`${note}: ${services.explain(error).message}`);
  }

  function tellCounts(counts: CaptionCounts): void {
    const buttons = counts.written > 0 ? [words.batch.undo] : [];
    void window.showInformationMessage(words.notices.done(counts), ...buttons).then((clicked) => {
      if (clicked !== undefined) undo();
    });
  }

  function tellPaused(): void {
    const batch = unfinished.resumable;
    if (batch === null) return;
    const { pause } = unfinished;
    const { resume, stop, dismiss } = words.paused;
    const text = pauseText(words, services.explain, batch, pause);
    log.warn(text);
    const no = pause === null ? dismiss : stop;
    void window.showWarningMessage(text, resume, no).then((clicked) => {
      if (clicked === resume) void commands.executeCommand('notesight.resume');
      else if (clicked === no) unfinished.dismiss();
    });
  }

  /** Reports why a run stopped; outside a batch, as an ordinary error. */
  function tellPause(pause: StoppedEvent): void {
    if (unfinished.pause === pause) tellPaused();
    else tell(pause.error);
  }

  function tellOffer(offer: DetailOffer | null): void {
    if (offer !== null) void window.showInformationMessage(words.fineDetail.offer(offer));
  }

  function tellEnd(end: JobEnd): void {
    const outcome = captionOutcome(end);
    switch (outcome.kind) {
      case 'paused':
        tellPause(outcome.pause);
        return;
      case 'stopped':
        void window.showInformationMessage(words.notices.stopped(outcome.counts));
        return;
      case 'failed':
        tell(outcome.error);
        return;
      case 'done': {
        const { counts, offer } = outcome;
        // A single image is visible, and Ctrl+Z undoes it.
        if (counts.written + counts.failed === 1)
          void window.setStatusBarMessage(words.notices.done(counts), 5000);
        else tellCounts(counts);
        tellOffer(offer);
      }
    }
  }

  async function review(
    jobs: readonly Job[],
    { useLog, style, keepsAlt, isSingle = false, thorough = { agree, isSingle } }: ReviewOptions,
    batch: Batch | null = null,
  ): Promise<void> {
    const proposals = new Map<ReadNote, NoteProposal & { readonly captions: Caption[] }>();
    const failures: NotesightError[] = [];
    try {
      const onEvent = (event: CaptionEvent, { work }: Job): void => {
        if (event.type !== 'described') return;
        const { read, embed, outcome } = event;
        if (outcome instanceof NotesightError) {
          failures.push(outcome);
          return;
        }
        const isOwn = keepsAlt && needsAltText(embed) === null;
        const description = isOwn
          ? { ...outcome.description, alt: embed.alt, decorative: false }
          : outcome.description;
        const proposal = proposals.get(read) ?? { work, read, captions: [] };
        proposal.captions.push({ embed, description });
        proposals.set(read, proposal);
      };
      const { offer, pause } = await run(jobs, { write: false, useLog, thorough }, onEvent, batch);
      const [failure] = failures;
      if (proposals.size === 0) {
        if (pause !== null) tellPause(pause);
        else if (failure !== undefined) tell(failure);
        return;
      }
      const proposed = [...proposals.values()].reduce((sum, { captions }) => sum + captions.length, 0);
      const hint = window.setStatusBarMessage(words.batch.review(proposed));
      const written = await reviewEdit([...proposals.values()], style, words.batch.wrongLanguage).finally(
        () => {
          hint.dispose();
        },
      );
      if (written === null) void window.showInformationMessage(words.batch.discarded);
      else tellCounts({ written, kept: 0, failed: failures.length });
      tellOffer(offer);
      // Only after the completed images are handled, because resuming opens the next review.
      if (pause !== null) tellPause(pause);
    } catch (error) {
      tell(error);
    }
  }

  return {
    count,
    review: (jobs, options) => review(jobs, options),
    tellPaused,
    async caption(jobs, batch) {
      try {
        const images = await count(jobs);
        const [first] = jobs;
        if (images === 0 || first === undefined) {
          if (batch?.resumed) unfinished.dismiss();
          void window.showInformationMessage(words.notices.nothingToDo);
          return;
        }
        const settings = first.work.settings();
        // A single image is fast; a batch takes a while anyway.
        const thorough = images > 1 ? { agree } : null;
        if (isReviewed(settings, images)) {
          await review(jobs, { useLog: true, style: settings.style, keepsAlt: false, thorough }, batch);
        } else {
          tellEnd(await run(jobs, { write: true, useLog: true, thorough }, () => undefined, batch ?? null));
        }
      } catch (error) {
        tell(error);
      }
    },
  };
}
