import { type App, Notice } from 'obsidian';
import type { CaptionTargets } from './caption-targets.ts';
import { createDetailQuestion } from './detail-question.ts';
import { type ReviewJob, ReviewModal, type ReviewPorts } from './review-modal.ts';

/** Opens the review of new alt text for some images, and reports what was written. */
export function openReview(
  app: App,
  ports: ReviewPorts,
  { notes, wanted }: CaptionTargets,
  options: Partial<Omit<ReviewJob, 'notes' | 'wanted'>> = {},
): void {
  const { captioner, words } = ports;
  const { style } = captioner.ports.settings();
  const thorough = createDetailQuestion(app, words);
  const job = { useLog: true, style, keepsAlt: false, thorough, ...options, notes, wanted };
  new ReviewModal(app, ports, job, (written) => {
    if (written > 0) new Notice(words.notices.done({ written, kept: 0, failed: 0 }));
  }).open();
}
