import { commands, window, workspace } from 'vscode';
import type { StoppedEvent } from '../../../core/caption/caption-notes.ts';
import type { DetailOffer } from '../../../core/caption/detail-survey.ts';
import { failedImages, reportText } from '../../../editor/batch-report.ts';
import { captionOutcome } from '../../../editor/caption-actions.ts';
import type { JobEnd } from '../../../editor/captioner.ts';
import type { CaptionCounts } from '../../../editor/messages/counts.ts';
import { pauseText } from '../../../editor/pause-text.ts';
import type { Services } from '../services.ts';

/** Notifications about the outcome of captioning. */
export interface CaptionNotices {
  /** Shows how many images were updated, with a button to undo. */
  readonly showCounts: (counts: CaptionCounts) => void;
  /** Shows what detailed analysis would add. */
  readonly showOffer: (offer: DetailOffer | null) => void;
  /** Shows why the batch is paused, with buttons to resume or dismiss it. */
  readonly showPaused: () => void;
  /** Shows why a run stopped; outside a batch, as an ordinary error. */
  readonly showStop: (event: StoppedEvent) => void;
  /** @param retry runs the images that failed again */
  readonly showEnd: (end: JobEnd, retry: () => void) => void;
}

/** @param undo called by the button of a notification */
export function createCaptionNotices(services: Services, undo: () => Promise<void>): CaptionNotices {
  const { words, showError, log, unfinished } = services;

  function countsText(counts: CaptionCounts): string {
    const { written, kept, failed, incomplete = 0 } = counts;
    if (kept + failed + incomplete > 0 || written > 1) return words.notices.done(counts);
    return written === 1 ? words.batch.one : words.batch.none;
  }

  function showCounts(counts: CaptionCounts): void {
    const buttons = counts.written > 0 ? [words.batch.undo] : [];
    void window.showInformationMessage(countsText(counts), ...buttons).then((clicked) => {
      if (clicked !== undefined) void undo();
    });
  }

  function showOffer(offer: DetailOffer | null): void {
    if (offer !== null) void window.showInformationMessage(words.fineDetail.offer(offer));
  }

  function showPaused(): void {
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

  function showStop(event: StoppedEvent): void {
    if (unfinished.pause === event) showPaused();
    else showError(event.error);
  }

  /** The counts of a batch in which images failed, with buttons for the reasons and to retry them. */
  function showReport(end: JobEnd, text: string, retry: () => void): void {
    const { show, retry: again } = words.report;
    void window.showWarningMessage(text, show, again).then(async (clicked) => {
      if (clicked === again) retry();
      if (clicked !== show) return;
      const content = `${reportText(failedImages(end.results, services.explain))}\n`;
      await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
    });
  }

  function showEnd(end: JobEnd, retry: () => void): void {
    const outcome = captionOutcome(end);
    switch (outcome.kind) {
      case 'paused':
        showStop(outcome.pause);
        return;
      case 'stopped':
        void window.showInformationMessage(
          outcome.counts.written + outcome.counts.failed === 0
            ? words.batch.stopped
            : words.notices.stopped(outcome.counts),
        );
        return;
      case 'failed':
        showError(outcome.error);
        return;
      case 'done': {
        const { counts, offer } = outcome;
        if (counts.failed > 0) showReport(end, countsText(counts), retry);
        else showCounts(counts);
        showOffer(offer);
      }
    }
  }

  return { showCounts, showOffer, showPaused, showStop, showEnd };
}
