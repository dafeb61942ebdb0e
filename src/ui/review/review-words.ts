/** How many images stand where. */
export interface ReviewCounts {
  readonly ready: number;
  readonly waiting: number;
  readonly failed: number;
  /** Accepted or skipped. */
  readonly done: number;
}

/** A line of the hints: the keys as they are printed on a keyboard, and what they do. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly does: string;
}

/** All text of the review list, in one language. */
export interface ReviewWords {
  /** What the list is, for a screen reader. */
  readonly list: string;
  readonly counts: (counts: ReviewCounts) => string;
  readonly allDone: string;
  readonly acceptAll: string;
  readonly skipAll: string;
  readonly askAgainForAll: string;
  readonly askAgainForFailed: string;
  readonly accept: string;
  readonly skip: string;
  readonly askAgain: string;
  /** The same for a row that failed. */
  readonly retry: string;
  readonly waiting: string;
  /** Marks a row whose text a person changed. */
  readonly edited: string;
  /** Puts the model's text in place of the person's, and the other way around. */
  readonly useGenerated: string;
  readonly useEdited: string;
  /** That the model is not asked again about rows that a person edited, and the button that includes them. */
  readonly keptEdited: (count: number) => string;
  readonly askAgainForEdited: string;
  /** An image that was skipped in an earlier review, and the button that reviews it after all. */
  readonly skippedBefore: string;
  readonly reviewSkipped: string;
  readonly oldAlt: (alt: string) => string;
  readonly noOldAlt: string;
  /** Part of the image was missing when it was described. */
  readonly incomplete: string;
  /** The label of the box for the new alt text; it names the image. */
  readonly newAlt: (file: string) => string;
  readonly enlarge: (file: string) => string;
  /** In which note the image is; it opens the note. */
  readonly inNote: (note: string) => string;
  /** News for a screen reader. */
  readonly accepted: (count: number) => string;
  readonly skipped: (count: number) => string;
  /**
   * The keys: up and down to another image; Enter accepts; Alt+Enter skips, anywhere; Delete skips where no text
   * is edited.
   */
  readonly hints: readonly KeyHint[];
}
