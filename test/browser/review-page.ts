import type { ReviewList } from '../../src/ui/review/review-list.ts';
import type { AcceptedItem } from '../../src/ui/review/review-view.ts';
import { createReviewList } from '../../src/ui/review/review-list.ts';
import { showPageMenu } from '../../src/ui/menu/show-page-menu.ts';
import { reviewEn } from '../../src/ui/review/review-en.ts';
import type { ReviewItem } from '../../src/ui/review/review-item.ts';
import type { ReviewCounts, ReviewWords } from '../../src/ui/review/review-words.ts';

export type Call =
  | { readonly call: 'accept'; readonly items: readonly AcceptedItem[] }
  | { readonly call: 'skip' | 'askAgain'; readonly ids: readonly string[] }
  | { readonly call: 'openNote'; readonly id: string }
  | { readonly call: 'skipAlways'; readonly id: string; readonly reason: string }
  | { readonly call: 'refine'; readonly id: string; readonly alt: string; readonly feedback: string }
  | { readonly call: 'pause' | 'resume' | 'stop' };

/** A reported edit: the typed text, or null if the generated text was restored. */
export type Edit = readonly [id: string, text: string | null];

declare global {
  /** Opens a list and records its requests to the host. */
  var openReview: (container: HTMLElement, items: readonly ReviewItem[]) => void;
  var review: { readonly list: ReviewList; readonly calls: readonly Call[]; readonly edits: readonly Edit[] };
}

/** Short texts where the tests name them, and counts that show each number. */
const words: ReviewWords = {
  ...reviewEn,
  counts: ({ ready, waiting, failed, done }: ReviewCounts) =>
    `${ready} ready, ${waiting} waiting, ${failed} failed, ${done} done`,
  described: ({ done, total, timeLeft }) => `${done} of ${total}, ${timeLeft} ms left`,
  decorative: 'Decorative',
  never: 'Never describe',
  feedback: (file) => `Feedback for ${file}`,
  refined: 'Refined',
  versions: { previousVersion: 'Previous', nextVersion: 'Next', version: (at, count) => `${at} of ${count}` },
  waiting: 'Waiting for the model…',
  keptEdited: (count) => `Kept the text of ${count} edited.`,
  skippedBefore: 'Skipped before',
  oldAlt: (alt) => `Now: ${alt}`,
  noOldAlt: 'No alt text',
  accepted: (count) => `${count} accepted.`,
  skipped: (count) => `${count} skipped.`,
  skippedAlways: (count) => `${count} left out.`,
  hints: [
    { keys: ['↑', '↓'], does: 'another image' },
    { keys: ['Enter'], does: 'accept' },
    { keys: ['Alt+Enter'], does: 'skip' },
    { keys: ['Delete'], does: 'skip, outside the text' },
  ],
};

globalThis.openReview = (container, items) => {
  const calls: Call[] = [];
  const edits: Edit[] = [];
  const list = createReviewList(
    container,
    words,
    {
      accept: (accepted) => calls.push({ call: 'accept', items: accepted }),
      skip: (ids) => calls.push({ call: 'skip', ids }),
      askAgain: (ids) => calls.push({ call: 'askAgain', ids }),
      skipAlways: (id, reason) => calls.push({ call: 'skipAlways', id, reason }),
      pause: () => calls.push({ call: 'pause' }),
      resume: () => calls.push({ call: 'resume' }),
      stop: () => calls.push({ call: 'stop' }),
      openNote: (id) => calls.push({ call: 'openNote', id }),
      refine: (id, refinement) => calls.push({ call: 'refine', id, ...refinement }),
      edit: (id, text) => edits.push([id, text]),
    },
    showPageMenu,
  );
  for (const item of items) list.add(item);
  globalThis.review = { list, calls, edits };
};
