import type { PixelSize } from '../ports.ts';
import type { ChatModel } from './chat-model.ts';
import type { Pointing } from './families/pointing.ts';

/** A model that answers questions about images, with the limits of a request. */
export interface ConversationModel {
  readonly chat: ChatModel;
  /** The name as the server spells it. */
  readonly name: string;
  /** Size of the context window in tokens, for the request and its answer together. */
  readonly contextLength: number;
  /** Whether the model supports images. Otherwise it gets descriptions of them. */
  readonly supportsImages: boolean;
  /** Whether tools may be offered. If the server rejects them, the same request is sent without tools. */
  readonly canCallTools: boolean;
  /** Maximum number of images in a message before the quality of the answer drops. */
  readonly imagesAtOnce: number;
  /** Returns the best input size for an image of an upright size, in pixels. */
  readonly inputSize: (source: PixelSize) => PixelSize;
  /** Returns the tokens that an image sent in this size takes. */
  readonly imageTokens: (sent: PixelSize) => number;
  /** How the model reports positions of objects; null if it was not trained to do so. */
  readonly pointing: Pointing | null;
}

/** A model that can report positions of objects. */
export type PointingModel = ConversationModel & { readonly pointing: Pointing };
