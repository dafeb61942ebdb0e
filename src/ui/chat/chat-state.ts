import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ImagePart } from '../../core/ask/tools/image-part.ts';
import type { Explanation } from '../../core/explain.ts';
import type { NamedBox } from '../../core/locate/named-box.ts';
import type { PixelRegion } from '../../core/ports.ts';

/** An image that can be asked about. */
export interface ChatImage {
  /** As the answers name it, from 1. */
  readonly number: number;
  /** The file's name. */
  readonly name: string;
  /** URL of the image. */
  readonly source: string;
  /** Whether it is a drawing (SVG), which has no pixels of its own. */
  readonly isDrawing: boolean;
  /** Whether it is asked about. */
  readonly isChosen: boolean;
  /** Whether it goes in as a picture whatever the question. */
  readonly isPinned: boolean;
  /** Whether it stands in the note; others were added by hand. */
  readonly isInNote: boolean;
}

/** How far an answer is, or how it ended. */
export type TurnStatus =
  'waiting' | 'streaming' | 'failed' | 'done' | 'length' | 'stopped' | 'looped' | 'unanswered';

/** What a model can call; `other` is what it made up. */
export type ChatCallName = 'read_text' | 'find_objects' | 'look' | 'search_notes' | 'web_search' | 'other';

/** Something that the model called. */
export interface ChatCall {
  readonly name: ChatCallName;
  readonly image: number | null;
  /** The part of the image, by its edges in percent; null for the whole. */
  readonly part: ImagePart | null;
  /** What it looked for or asked, or the name that it made up; '' for nothing. */
  readonly words: string;
  readonly state: 'running' | 'done' | 'failed';
  /** What came of it, as the model got it; '' before. */
  readonly result: string;
}

/** A question and what came of it. */
export interface ChatTurn {
  readonly question: string;
  /** Markdown, as the model wrote it. */
  readonly answer: string;
  readonly status: TurnStatus;
  /** Images that went in as pictures, with the part of them where it was only that. */
  readonly pictures: readonly { readonly image: number; readonly region: PixelRegion | null }[];
  /** How many images the model knew in words. */
  readonly inWords: number;
  /** What the model called so far. */
  readonly calls: readonly ChatCall[];
  /** Images that are described first: how many of how many. */
  readonly described: { readonly done: number; readonly total: number } | null;
  /** What else the reader should know: images that could not be read, turns that are remembered in short. */
  readonly remarks: readonly string[];
  readonly error: Explanation | null;
}

/** What is where in an image, while somebody looks at it. */
export interface ChatWhere {
  readonly image: number;
  /** Whether it is still looked for. */
  readonly isBusy: boolean;
  readonly boxes: readonly NamedBox[];
  /** The model that found them; '' for the detector of this machine. */
  readonly model: string;
  /** Why no model did; '' for nothing. */
  readonly remark: string;
  readonly error: Explanation | null;
}

/** All that the panel shows. */
export interface ChatState {
  /** The note's name; null where no note is open. */
  readonly note: string | null;
  /** Said of the model: that it can't see, that it is on another machine; '' for nothing. */
  readonly notice: string;
  readonly images: readonly ChatImage[];
  readonly turns: readonly ChatTurn[];
  /** The part of an image that the next question is about. */
  readonly region: { readonly image: number; readonly part: PixelRegion } | null;
  /** The image of which somebody wants to know what is where; null for none. */
  readonly where: ChatWhere | null;
  /** Whether an answer is under way. */
  readonly isBusy: boolean;
}

/** What it shows where no note is open. */
export const NO_NOTE: ChatState = {
  note: null,
  notice: '',
  images: [],
  turns: [],
  region: null,
  where: null,
  isBusy: false,
};

/** Where an answer is inserted. */
export type InsertPlace = 'cursor' | 'below';

/** What a person does; the host carries it out and shows the new state. Turns are named by their index. */
export interface ChatActions {
  ask(question: string): void;
  stop(): void;
  askAgain(turn: number): void;
  /** Asks another question in place of a turn and those after it. */
  edit(turn: number, question: string): void;
  copy(turn: number): void;
  insert(turn: number, place: InsertPlace, form: AnswerForm): void;
  startAnew(): void;
  choose(images: readonly number[], chosen: boolean): void;
  /** Chooses the image under the cursor, and no other. */
  chooseAtCursor(): void;
  pin(image: number, pinned: boolean): void;
  addFiles(files: readonly File[]): void;
  addFromVault(): void;
  setRegion(image: number, part: PixelRegion | null): void;
  /** Finds what is where in an image. */
  locate(image: number): void;
  /** Is done with that, also before it is there. */
  stopLocating(): void;
  /** Shows an image where it stands. */
  reveal(image: number): void;
  /** @param url of http or https */
  openLink(url: string): void;
}
