import { type App, Notice } from 'obsidian';
import { noteOfInline } from '../../../core/note/inline-source.ts';
import type { ReviewJob } from '../../../editor/review/review-session.ts';
import type { ReviewVault } from '../../../editor/review/reviewed-image.ts';
import type { CaptionTargets } from './caption-targets.ts';
import { createDetailQuestion } from './detail-question.ts';
import { ReviewModal, type ReviewPorts } from './review-modal.ts';

/** Opens the review of new alt text for some images, and reports what was written. */
export function openReview(
  app: App,
  ports: ReviewPorts,
  { notes, wanted }: CaptionTargets,
  options: Partial<Omit<ReviewJob, 'parts'>> = {},
): void {
  const { captioner, words, drafts } = ports;
  const thorough = createDetailQuestion(app, words);
  const vault: ReviewVault = {
    id: '',
    captioner,
    drafts,
    thumbnailOf(file, embed) {
      const image = app.vault.getFileByPath(file);
      if (image !== null) return app.vault.getResourcePath(image);
      return noteOfInline(file) === null ? '' : embed.target;
    },
  };
  const defaults = { useLog: true, keepsAlt: false, thorough, record: null, suspect: null };
  const job: ReviewJob = { ...defaults, ...options, parts: [{ vault, notes, wanted }] };
  new ReviewModal(app, ports, job, (written) => {
    if (written > 0) new Notice(words.notices.done({ written, kept: 0, failed: 0 }));
  }).open();
}
