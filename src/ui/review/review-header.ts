import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ReviewCounts, ReviewProgress, ReviewWords } from './review-words.ts';

/** What can be done with several rows at once. */
export interface HeaderState {
  readonly counts: ReviewCounts;
  /** Rows that "accept all" includes. */
  readonly acceptable: number;
  /** Rows that were not regenerated because the user edited them. */
  readonly kept: number;
}

export interface HeaderActions {
  readonly acceptAll: () => void;
  readonly skipAll: () => void;
  readonly askAgainForAll: () => void;
  readonly askAgainForFailed: () => void;
  readonly askAgainForEdited: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** Counts, progress, and the buttons for all rows. */
export interface ReviewHeader {
  readonly element: HTMLElement;
  show(state: HeaderState): void;
  /** @param progress null if nothing is running */
  readonly showProgress: (progress: ReviewProgress | null) => void;
}

export function createReviewHeader(doc: Document, words: ReviewWords, actions: HeaderActions): ReviewHeader {
  const make = (label: string, click: () => void) => button(doc, 'notesight-button', label, click);
  const summary = element(doc, 'div', 'notesight-counts');
  const acceptAll = make(words.acceptAll, actions.acceptAll);
  acceptAll.classList.add('notesight-main-button');
  const skipAll = make(words.skipAll, actions.skipAll);
  const askAgainForAll = make(words.askAgainForAll, actions.askAgainForAll);
  const askAgainForFailed = make(words.askAgainForFailed, actions.askAgainForFailed);
  const buttons = element(doc, 'div', 'notesight-buttons');
  buttons.append(acceptAll, skipAll, askAgainForAll, askAgainForFailed);

  const bar = element(doc, 'progress', 'notesight-bar');
  bar.ariaLabel = words.progress;
  const left = element(doc, 'span', 'notesight-left');
  const progressLine = element(doc, 'div', 'notesight-progress');
  let isPaused = false;
  const pause = make(words.pause, () => {
    if (isPaused) actions.resume();
    else actions.pause();
  });
  progressLine.append(bar, left, pause, make(words.stop, actions.stop));
  progressLine.hidden = true;

  const keptText = element(doc, 'span', '');
  const keptLine = element(doc, 'div', 'notesight-kept');
  keptLine.append(keptText, make(words.askAgainForEdited, actions.askAgainForEdited));

  const root = element(doc, 'div', 'notesight-review-header');
  root.append(summary, buttons, progressLine, keptLine);
  return {
    element: root,
    /** Buttons keep their position and focus even when they have nothing to do. */
    show({ counts, acceptable, kept }) {
      const { ready, waiting, failed } = counts;
      summary.textContent = words.counts(counts);
      acceptAll.ariaDisabled = String(acceptable === 0);
      skipAll.ariaDisabled = String(ready + waiting + failed === 0);
      askAgainForAll.ariaDisabled = String(ready + failed === 0);
      askAgainForFailed.ariaDisabled = String(failed === 0);
      keptLine.hidden = kept === 0;
      keptText.textContent = words.keptEdited(kept);
    },
    showProgress(progress) {
      progressLine.hidden = progress === null;
      if (progress === null) return;
      bar.max = Math.max(1, progress.total);
      bar.value = progress.done;
      left.textContent = words.described(progress);
      ({ isPaused } = progress);
      pause.textContent = isPaused ? words.resume : words.pause;
    },
  };
}
