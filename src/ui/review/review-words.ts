import type { LightboxWords } from '../overlay/lightbox-words.ts';
import type { VersionWords } from '../version-words.ts';

/** Counts of the images in a review. */
export interface ReviewCounts {
  readonly ready: number;
  readonly waiting: number;
  readonly failed: number;
  /** Accepted or skipped. */
  readonly done: number;
}

/** How far describing the images is. */
export interface ReviewProgress {
  readonly done: number;
  readonly total: number;
  /** Estimated milliseconds left; null if unknown. */
  readonly timeLeft: number | null;
  readonly isPaused: boolean;
}

/** A line of the keyboard hints: the keys as printed on a keyboard, and their action. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly does: string;
}

/** All text of the review list, in one language. */
export interface ReviewWords {
  /** The name of the list for screen readers. */
  readonly list: string;
  readonly counts: (counts: ReviewCounts) => string;
  readonly allDone: string;
  /** The label of the progress bar for screen readers. */
  readonly progress: string;
  readonly described: (progress: ReviewProgress) => string;
  /** Interrupts describing; rows that wait stay. */
  readonly pause: string;
  readonly resume: string;
  readonly stop: string;
  readonly acceptAll: string;
  readonly skipAll: string;
  readonly askAgainForAll: string;
  readonly askAgainForFailed: string;
  readonly accept: string;
  readonly skip: string;
  /** Label of the button that opens a menu with more actions. */
  readonly more: (file: string) => string;
  /** Entries of that menu: the image needs no alt text, or must not be described. Both last beyond this review. */
  readonly decorative: string;
  readonly never: string;
  readonly askAgain: string;
  /** Label of the button that shows the line for feedback, and of the button that sends it. */
  readonly refineWith: string;
  readonly refine: string;
  /** The label of that line, and examples of what to write. */
  readonly feedback: (file: string) => string;
  readonly feedbackExamples: string;
  readonly refining: string;
  readonly refined: string;
  readonly versions: VersionWords;
  /** Label of the button that retries a failed row. */
  readonly retry: string;
  readonly waiting: string;
  /** Marks a row whose text the user edited. */
  readonly edited: string;
  /** Switches between the generated text and the user's text. */
  readonly useGenerated: string;
  readonly useEdited: string;
  /** Says that rows edited by the user were not regenerated; the next text labels the button that includes them. */
  readonly keptEdited: (count: number) => string;
  readonly askAgainForEdited: string;
  /** Marks an image skipped in an earlier review; the next text labels the button that reviews it. */
  readonly skippedBefore: string;
  readonly reviewSkipped: string;
  readonly oldAlt: (alt: string) => string;
  readonly noOldAlt: string;
  /** Says that part of the image was missing when it was described. */
  readonly incomplete: string;
  /** The label of the box for the new alt text, with the name of the image. */
  readonly newAlt: (file: string) => string;
  readonly enlarge: (file: string) => string;
  readonly lightbox: LightboxWords;
  /** The note that contains the image; opens the note. */
  readonly inNote: (note: string) => string;
  readonly byRule: (folder: string) => string;
  /** Announcements for screen readers. */
  readonly accepted: (count: number) => string;
  readonly skipped: (count: number) => string;
  readonly skippedAlways: (count: number) => string;
  /**
   * The keys: Up and Down move between images; Enter accepts; Alt+Enter skips, anywhere; Delete skips unless a text
   * is being edited.
   */
  readonly hints: readonly KeyHint[];
}
