/** What is told about an image. */
export interface Description {
  /** One sentence, about 125 characters; '' for a decorative image. */
  readonly alt: string;
  /** What it shows, in a few sentences. */
  readonly description: string;
  /** The text that stands in the image, line by line; '' where there is none. */
  readonly text: string;
  readonly tags: readonly string[];
  /** Whether the image only decorates and a screen reader should pass it over. */
  readonly decorative: boolean;
  /** Set if the file ends too early and part of the image was missing. */
  readonly incomplete?: true;
  /**
   * That it is in another language than asked for, though the model was asked twice: then no note gets it without a person's word,
   * and it is not remembered. Left out where it is not.
   */
  readonly wrongLanguage?: true;
}

/** What is known of the place where an image stands. */
export interface ImageContext {
  /** ISO 639-1 code of the language to answer in. */
  readonly language: string;
  readonly noteTitle: string;
  /** The words before and after the image, Markdown stripped, shortened. */
  readonly before: string;
  readonly after: string;
  /** The name of the image's file: a model that only repeats it says nothing. Left out where it is not known. */
  readonly fileName?: string;
}

/** Which part of an image is shown, counted from 0, row by row. */
export interface PartPlace {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** What was said of a part. */
export interface PartDescription {
  readonly place: PartPlace;
  readonly description: Description;
}

/** What a model is to do with an image that it is shown. */
export type DescribeTask =
  /** To describe it. */
  | {
      readonly kind: 'whole';
      /** The text in it, as OCR read it; '' for none. */
      readonly textHint: string;
    }
  /** To describe what is only a part of an image, of which the whole was described before. */
  | { readonly kind: 'part'; readonly place: PartPlace; readonly whole: Description }
  /** To describe it by what was said of the whole and of its parts. */
  | { readonly kind: 'merge'; readonly whole: Description; readonly parts: readonly PartDescription[] }
  /** To describe it, without seeing it, by what experts found in it. */
  | { readonly kind: 'unseen'; readonly finds: Description }
  /** To describe it by what two models said of it. */
  | { readonly kind: 'compare'; readonly opinions: readonly [Description, Description] };

export const DESCRIBE_WHOLE: DescribeTask = { kind: 'whole', textHint: '' };
