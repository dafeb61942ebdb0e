import type { ConversationModel } from '../model/conversation-model.ts';
import type { Description } from '../model/image-description.ts';
import type { ImageCodec, ImageStore, PixelRegion } from '../ports.ts';
import { type CallLimits } from './tools/tool-caller.ts';
import type { Toolbox } from './tools/toolbox.ts';

/** An image that a question is about. */
export interface AskImage {
  /** Relative to the vault. */
  readonly file: string;
  /** Its words in the note; '' for none. */
  readonly alt: string;
  /** The words around it in the note, to find the image by. */
  readonly around: string;
  /** Whether it goes in as a picture whatever the question. */
  readonly pinned: boolean;
}

export interface AskRequest {
  readonly question: string;
  /** All files that have a number or get one now, in their order; also those that are not asked about. */
  readonly files: readonly string[];
  readonly images: readonly AskImage[];
  /** A part of one of the images to look at closely, in pixels of the upright image. */
  readonly region: { readonly file: string; readonly part: PixelRegion } | null;
}

/** @returns the ids of the documents that have to do with a question, the best first; the others are left out */
export type Rank = (
  question: string,
  documents: readonly { readonly id: string; readonly text: string }[],
) => readonly string[];

export interface AskPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: ConversationModel;
  readonly rank: Rank;
  /** What an image shows, from the log or from a model. @throws NotesightError every code of images and models */
  readonly describe: (file: string, signal: AbortSignal) => Promise<Description>;
  /** What a model that can call tools is offered; null for nothing. */
  readonly toolbox: Toolbox | null;
  /** CALL_LIMITS where left out. */
  readonly callLimits?: CallLimits;
}
