/** What became of the images of a batch. */
export interface CaptionCounts {
  readonly written: number;
  readonly kept: number;
  readonly failed: number;
  /** Written although part of the image was missing; left out for none. */
  readonly incomplete?: number;
}

/** What became of a batch that was undone. */
export interface UndoCounts {
  /** Notes in which something was taken back. */
  readonly notes: number;
  /** Places that were taken back, and places that no longer hold what was written. */
  readonly undone: number;
  readonly kept: number;
  /** Notes that could not be written. */
  readonly failed: number;
}
