import type { Provenance } from './provenance.ts';
import type { FittedImage, PixelSize } from '../ports.ts';
import type { DescribeTask, Description, ImageContext } from './image-description.ts';

export type EngineName = 'ollama' | 'openai' | 'embedded';

/** A model or engine that describes images. */
export interface VisionModel {
  readonly engine: EngineName;
  /** The name as the server spells it. */
  readonly name: string;
  /** How its descriptions are created. */
  readonly provenance: Provenance;
  /** Version of the prompts and rules. Cached answers of another version are stale. */
  readonly version: number | string;
  /** Returns the best input size for an image of an upright size, in pixels. */
  readonly inputSize: (source: PixelSize) => PixelSize;
  /** Maximum number of parallel requests; omitted if the setting for all models applies. */
  readonly atOnce?: number;
  /** @throws NotesightError `context_overflow` if a smaller image may fit, and every code of a server or model */
  describe(image: FittedImage, context: ImageContext, signal: AbortSignal): Promise<Description>;
  /** Other supported tasks; null for an engine that only recognizes text and objects. */
  readonly tasks: ImageTasks | null;
}

/** Tasks for a chat model. */
export interface ImageTasks {
  /** Returns the tokens that an image sent in this size takes. */
  readonly imageTokens: (sent: PixelSize) => number;
  /** Like `describe`, for any task. */
  perform(
    task: DescribeTask,
    image: FittedImage,
    context: ImageContext,
    signal: AbortSignal,
  ): Promise<Description>;
}
