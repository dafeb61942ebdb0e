import type { PixelSize } from '../ports.ts';
import type { ChatModel } from './chat-model.ts';
import type { Pointing } from './families/pointing.ts';

/** A model that answers questions about images, and what a request must keep to. */
export interface ConversationModel {
  readonly chat: ChatModel;
  /** As its server spells it. */
  readonly name: string;
  /** Tokens of context: the request and its answer together. */
  readonly contextLength: number;
  /** Whether it can be shown images; else it reads what is said of them. */
  readonly supportsImages: boolean;
  /** Whether it may be offered tools; a server that refuses them gets the same request without. */
  readonly canCallTools: boolean;
  /** How many images one message may have before the answer suffers. */
  readonly imagesAtOnce: number;
  /** From the upright size of an image to the size that this model makes the most of, in pixels. */
  readonly inputSize: (source: PixelSize) => PixelSize;
  /** What an image costs that is sent in this size, in tokens. */
  readonly imageTokens: (sent: PixelSize) => number;
  /** How it tells where things are; null for one that never learnt to. */
  readonly pointing: Pointing | null;
}

/** A model that tells where things are. */
export type PointingModel = ConversationModel & { readonly pointing: Pointing };
