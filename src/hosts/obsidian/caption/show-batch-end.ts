import { type App, Notice } from 'obsidian';
import { isCancelled } from '../../../core/errors.ts';
import { failedImages } from '../../../editor/batch-report.ts';
import { captionOutcome } from '../../../editor/caption-actions.ts';
import type { JobEnd } from '../../../editor/captioner.ts';
import { errorText } from '../../../editor/notices.ts';
import type { QuestionNotice } from '../question-notice.ts';
import { ReportModal } from './report-modal.ts';
import type { ReviewPorts } from './review-modal.ts';

/** Milliseconds that a notice about the end of a batch stays visible. */
const VISIBLE = 10_000;

export interface BatchEndPorts extends Pick<ReviewPorts, 'words' | 'explain'> {
  readonly app: App;
  /** Shows the message if it has a button. */
  readonly notice: QuestionNotice;
}

/** Shows how a batch ended, with a report if some of its images failed. @param retry runs these images again */
export function showBatchEnd(end: JobEnd, ports: BatchEndPorts, retry: () => void): void {
  const { app, notice, words, explain } = ports;
  const text = endText(end, ports);
  if (text === null) return;
  const failed = failedImages(end.results, explain);
  if (failed.length === 0 || end.results.length === 1) new Notice(text, VISIBLE);
  else {
    const run = () => {
      new ReportModal(app, failed, words.report, retry).open();
    };
    notice.show({ text }, { label: words.report.show, run });
  }
  const outcome = captionOutcome(end);
  if (outcome.kind === 'done' && outcome.offer !== null)
    new Notice(words.fineDetail.offer(outcome.offer), VISIBLE);
}

/** @returns null if the user stopped before anything happened */
function endText(end: JobEnd, { words, explain }: BatchEndPorts): string | null {
  const outcome = captionOutcome(end);
  switch (outcome.kind) {
    case 'paused':
      return isCancelled(outcome.pause.error) ? null : errorText(explain, outcome.pause.error);
    case 'stopped':
      return words.notices.stopped(outcome.counts);
    case 'failed':
      return errorText(explain, outcome.error);
    case 'done':
      return words.notices.done(outcome.counts);
  }
}
