import type { ConversationModel } from '../model/conversation-model.ts';
import type { Description } from '../model/image-description.ts';
import type { ImageCodec, ImageStore, NoteStore, PixelRegion } from '../ports.ts';
import { type CallLimits } from './tools/tool-caller.ts';
import type { Toolbox } from './tools/toolbox.ts';

/** An image that a question is about. */
export interface AskImage {
  /** Relative to the vault. */
  readonly file: string;
  /** Its alt text in the note; '' for none. */
  readonly alt: string;
  /** The text around it in the note, used to find the image. */
  readonly around: string;
  /** Whether to send it as a picture whatever the question. */
  readonly pinned: boolean;
}

/** A part of the note that the user selected. */
export interface Selection {
  /** From `noteText`. */
  readonly text: string;
  /** The images in it. */
  readonly files: readonly string[];
}

export interface AskRequest {
  readonly question: string;
  /** All files that have a number or get one now, in order, including those outside of the question. */
  readonly files: readonly string[];
  readonly images: readonly AskImage[];
  /** The text of the note, from `noteText`; '' to leave it out. */
  readonly note: string;
  /** What the user selected in the note; null for nothing. */
  readonly selection: Selection | null;
  /** Other notes to include, as paths relative to the vault. */
  readonly notes: readonly string[];
  /** A region of one of the images that the question is about, in pixels of the upright image. */
  readonly region: { readonly file: string; readonly part: PixelRegion } | null;
}

/** @returns the IDs of the documents that are relevant to a question, most relevant first; the others are left out */
export type Rank = (
  question: string,
  documents: readonly { readonly id: string; readonly text: string }[],
) => readonly string[];

export interface AskPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly notes: Pick<NoteStore, 'read'>;
  readonly model: ConversationModel;
  readonly rank: Rank;
  /**
   * Describes an image, from the log or with a model.
   * @returns null if the image has no description and the question does not wait for one
   * @throws NotesightError every code of images and models
   */
  readonly describe: (file: string, signal: AbortSignal) => Promise<Description | null>;
  /** The tools for a model that supports them; null for none. */
  readonly toolbox: Toolbox | null;
  /** Default: CALL_LIMITS. */
  readonly callLimits?: CallLimits;
}
