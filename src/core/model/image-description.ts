import type { ImagePrompt } from '../prompts/prompt.ts';

/** The generated texts about an image. */
export interface Description {
  /** One sentence of about 125 characters; '' for a decorative image. */
  readonly alt: string;
  /** What the image shows, in a few sentences. */
  readonly description: string;
  /** The text in the image, line by line; '' if there is none. */
  readonly text: string;
  readonly tags: readonly string[];
  /** Whether the image is decorative, so that screen readers should skip it. */
  readonly decorative: boolean;
  /** Set if the file is truncated and part of the image was missing. */
  readonly incomplete?: true;
  /**
   * Set if the answer was in the wrong language even after a retry. It is then not cached, and written only
   * after a person accepts it.
   */
  readonly wrongLanguage?: true;
}

/** The text around an image and the language of the answer. */
export interface ImageContext {
  /** ISO 639-1 code of the language to answer in. */
  readonly language: string;
  readonly noteTitle: string;
  /** The text before and after the image, shortened and without Markdown. */
  readonly before: string;
  readonly after: string;
  /** The nearest heading above the image. Omitted if unknown. */
  readonly heading?: string;
  /** The current alt text of the embed. Omitted if unknown. */
  readonly alt?: string;
  /** The user's prompt; null or omitted for the standard one. */
  readonly prompt?: ImagePrompt | null;
  /** File name of the image, to detect alt text that only repeats it. Omitted if unknown. */
  readonly fileName?: string;
}

/** The position of a tile in an image, counted from 0. */
export interface PartPlace {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** The description of a tile. */
export interface PartDescription {
  readonly place: PartPlace;
  readonly description: Description;
}

/** What a model should do with an image. */
export type DescribeTask =
  /** Describe the image. */
  | {
      readonly kind: 'whole';
      /** The text in the image as read by OCR; '' for none. */
      readonly textHint: string;
    }
  /** Describe a tile of an image, given the description of the whole. */
  | { readonly kind: 'part'; readonly place: PartPlace; readonly whole: Description }
  /** Merge the descriptions of the whole image and its tiles. */
  | { readonly kind: 'merge'; readonly whole: Description; readonly parts: readonly PartDescription[] }
  /** Write a description from the recognizers' results, without the image. */
  | { readonly kind: 'unseen'; readonly finds: Description }
  /** Merge the descriptions of two models. */
  | { readonly kind: 'compare'; readonly opinions: readonly [Description, Description] }
  /** Write the alt text again as the user asks. Its language is that of the feedback's wish or of the present text. */
  | ({ readonly kind: 'refine' } & Refinement);

/** What the user wants changed in an alt text. */
export interface Refinement {
  /** The present alt text. */
  readonly alt: string;
  /** The user's wish, such as `shorter` or `name the axes`. */
  readonly feedback: string;
}

export const DESCRIBE_WHOLE: DescribeTask = { kind: 'whole', textHint: '' };
