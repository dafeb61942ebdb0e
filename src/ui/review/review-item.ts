import type { Explanation } from '../../core/messages/explain.ts';

/**
 * State of an image: waiting for the model, ready with alt text, failed with an error, or skipped in an earlier
 * review.
 */
export type ReviewOutcome =
  | { readonly state: 'waiting' | 'skipped' }
  | {
      readonly state: 'ready';
      readonly alt: string;
      /** Whether part of the image was missing. */
      readonly incomplete?: boolean;
      /** A warning to read before accepting; such an item must be accepted individually. Omitted if there is none. */
      readonly warning?: string;
    }
  | { readonly state: 'failed'; readonly error: Explanation };

/** An image of a note to review. */
export interface ReviewItem {
  readonly id: string;
  /** Paths relative to the vault; for an image embedded as a `data:` URI, its summary: `data:image/png, 14 kB`. */
  readonly note: string;
  readonly file: string;
  /** The folder whose rule applies to the note; omitted if none does. */
  readonly rule?: string | undefined;
  /** URL of the image or of a thumbnail. */
  readonly thumbnail: string;
  /** The alt text in the note; '' if there is none. */
  readonly oldAlt: string;
  /** Text the user typed earlier, shown instead of the generated text. */
  readonly typed?: string | undefined;
  readonly outcome: ReviewOutcome;
}

/** The name of an image file without its folders. */
export function nameOf({ file }: Pick<ReviewItem, 'file'>): string {
  return file.startsWith('data:') ? file : file.slice(file.lastIndexOf('/') + 1);
}
