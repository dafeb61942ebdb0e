import type { FittedImage, PixelSize } from '../ports.ts';
import type { DescribeTask } from './describe-task.ts';

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

export type EngineName = 'ollama' | 'openai' | 'embedded';

/** Who looks at an image and says what it shows. */
export interface VisionModel {
  readonly engine: EngineName;
  /** The model's name as its server spells it. */
  readonly name: string;
  /** Which prompts and rules made the answer; an answer by another version is stale. */
  readonly version: number | string;
  /** From the upright size of an image to the size that this model makes the most of, in pixels. */
  readonly inputSize: (source: PixelSize) => PixelSize;
  /** How many images it can be shown at once; left out where the user's number for all models holds. */
  readonly atOnce?: number;
  /**
   * @throws NotesightError `context_overflow` where a smaller image may do, and every code of a server or model
   */
  describe(image: FittedImage, context: ImageContext, signal: AbortSignal): Promise<Description>;
  /** What else it can be asked; null for an engine that only reads. */
  readonly tasks: ImageTasks | null;
}

/** Tasks for a model that is talked to. */
export interface ImageTasks {
  /** What an image costs that is sent in this size, in tokens. */
  readonly imageTokens: (sent: PixelSize) => number;
  /** As `describe`, for any task. */
  perform(
    task: DescribeTask,
    image: FittedImage,
    context: ImageContext,
    signal: AbortSignal,
  ): Promise<Description>;
}
