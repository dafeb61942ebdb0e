import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ReviewChoice } from './review-view.ts';

/**
 * Creates a message that concerns all rows, with buttons.
 * @param again removes the message
 * @param others further ways to help, after which the message stays
 */
export function createReviewBanner(
  doc: Document,
  text: string,
  again: ReviewChoice,
  others: readonly ReviewChoice[],
): HTMLElement {
  const banner = element(doc, 'div', 'notesight-banner notesight-error');
  banner.role = 'alert';
  banner.append(element(doc, 'span', '', text));
  const buttons = element(doc, 'div', 'notesight-buttons');
  for (const entry of [again, ...others]) {
    buttons.append(
      button(doc, 'notesight-button', entry.label, () => {
        if (entry === again) banner.remove();
        entry.run();
      }),
    );
  }
  banner.append(buttons);
  return banner;
}
