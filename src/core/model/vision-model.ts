import type { Provenance } from './provenance.ts';
import type { FittedImage, PixelSize } from '../ports.ts';
import type { DescribeTask, Description, ImageContext } from './image-description.ts';

export type EngineName = 'ollama' | 'openai' | 'embedded';

/** Who looks at an image and says what it shows. */
export interface VisionModel {
  readonly engine: EngineName;
  /** The model's name as its server spells it. */
  readonly name: string;
  /** What its descriptions are made from. */
  readonly provenance: Provenance;
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
