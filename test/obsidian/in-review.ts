import type { Locator, Page } from 'playwright-core';

/** Actions of a test in the review list. */
export interface InReview {
  readonly dialog: Locator;
  /** The boxes with the new alt text. */
  readonly boxes: Locator;
  /** Waits until this many images are ready for review. */
  readonly ready: (count: number) => Promise<void>;
  readonly button: (name: RegExp | string) => Locator;
}

export function inReview(page: Page): InReview {
  const dialog = page.locator('.notesight-review-modal');
  const boxes = dialog.getByRole('textbox');
  return {
    dialog,
    boxes,
    ready: (count) => boxes.nth(count - 1).waitFor(),
    button: (name) => dialog.getByRole('button', { name }),
  };
}
