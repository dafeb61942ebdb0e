import type { SkipReason } from '../../core/storage/skipped-images.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { Refinement } from '../../core/model/image-description.ts';
import type { ReviewItem, ReviewOutcome } from './review-item.ts';
import type { ReviewProgress } from './review-words.ts';

/** Decisions of the user, carried out by the host. */
export interface ReviewActions {
  /** Writes the alt text. If that fails, the item is added again with the error. */
  accept(items: readonly AcceptedItem[]): void;
  skip(ids: readonly string[]): void;
  /** Leaves an image out of this and all later reviews; null if the host can't do that. */
  readonly skipAlways: ((id: string, reason: SkipReason) => void) | null;
  /** The rows already show as waiting; an update provides the answer. */
  askAgain(ids: readonly string[], prompt?: string): void;
  /** Lets the user pick the prompt for an image. Omitted if the host has no prompts. */
  readonly describeWith?: {
    readonly label: string;
    readonly pick: (id: string, picked: (prompt: string) => void) => void;
  };
  /** Asks for a changed alt text; `refined` provides the answer. */
  refine(id: string, refinement: Refinement): void;
  /** @param text the text the user typed; null if the generated text was restored */
  edit(id: string, text: string | null): void;
  openNote(id: string): void;
  /** Interrupts describing. Rows that wait stay. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Stops describing. Rows that still wait are removed by the host. */
  readonly stop: () => void;
}

export interface AcceptedItem {
  readonly id: string;
  /** A single line, never ''. */
  readonly alt: string;
}

/** A button for what concerns all rows. */
export interface ReviewChoice {
  readonly label: string;
  readonly run: () => void;
}

/** The changed alt text, or why there is none. */
export type RefineOutcome = { readonly alt: string } | { readonly error: Explanation };

/** What is shown in a review. The page may be in another process, so nothing is returned. */
export interface ReviewView {
  /** Adds an item at the end. An item that was done returns to the list; an existing one is updated. */
  add(item: ReviewItem): void;
  /** Does nothing if the item is done or the user edited it. */
  update(id: string, outcome: ReviewOutcome): void;
  /** Shows the answer to `refine`. */
  refined(id: string, outcome: RefineOutcome): void;
  /** Removes an item, such as one that needs no text. */
  remove(id: string): void;
  /** @param progress of describing the images; null if it is not running */
  showProgress(progress: ReviewProgress | null): void;
  /**
   * Shows what concerns all rows, above them, with what can be done about it.
   * @param again removes the message
   * @param others further ways to help, after which the message stays
   */
  showBanner(text: string, again: ReviewChoice, others: readonly ReviewChoice[]): void;
  /** Focuses the first item that is ready for a decision. */
  focus(): void;
}
