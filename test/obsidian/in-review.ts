import type { Locator, Page } from 'playwright-core';

/** What a test does in the list where captions are reviewed. */
export interface InReview {
  readonly dialog: Locator;
  /** The boxes with the new words. */
  readonly boxes: Locator;
  /** Waits until so many images are to be reviewed. */
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
