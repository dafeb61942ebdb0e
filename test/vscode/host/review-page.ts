import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './open-workbench.ts';

/** The review in a tab of the editor area. */
export interface ReviewPage {
  readonly frame: FrameLocator;
  /** The boxes with the new alt text. */
  readonly boxes: Locator;
  /** Waits until this many images are ready for review. */
  readonly ready: (count: number) => Promise<void>;
  readonly button: (name: RegExp | string) => Locator;
}

export async function openedReview({ webview }: Pick<Workbench, 'webview'>): Promise<ReviewPage> {
  const frame = await webview('Review alt text');
  const boxes = frame.getByRole('textbox', { name: /^New alt text/ });
  return {
    frame,
    boxes,
    ready: (count) => boxes.nth(count - 1).waitFor(),
    button: (name) => frame.getByRole('button', { name, exact: true }),
  };
}
