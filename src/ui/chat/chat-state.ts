import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ImagePart } from '../../core/ask/tools/image-part.ts';
import type { NamedBox } from '../../core/detect/named-box.ts';
import type { Explanation } from '../../core/messages/explain.ts';
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
  /** Which of its versions this is, from 1, and how many there are. */
  readonly versions: { readonly current: number; readonly count: number };
  /** The edited question that was or is asked in place of this one, as long as it has no answer; '' for none. */
  readonly asking: string;
  /** The question as it was edited and not yet asked; '' for none. */
  readonly edited: string;
}

/** An earlier conversation about the note. */
export interface ChatPast {
  readonly id: number;
  readonly title: string;
  /** When it last changed, in milliseconds since 1970; 0 if that is unknown. */
  readonly changed: number;
  readonly questions: number;
}

/** The question that is being written. */
export interface ChatDraft {
  /** Of the conversation that it belongs to; 0 where no note is open. */
  readonly key: number;
  readonly text: string;
  /** Another number when the host has put text there, which the panel takes over if its box is empty. */
  readonly version: number;
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
  readonly draft: ChatDraft;
  /** The earlier conversations about the note, the newest first. */
  readonly history: readonly ChatPast[];
  /** What the last click did that can be undone; null for nothing. */
  readonly undo: 'startAnew' | 'deletePast' | null;
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
  draft: { key: 0, text: '', version: 0 },
  history: [],
  undo: null,
};

/** The longest question that can be written, in UTF-16 units: a longer one fits no model. */
export const MAX_QUESTION = 100_000;

/** Where an answer is inserted. */
export type InsertPlace = 'cursor' | 'below';

/** What a person does; the host carries it out and shows the new state. Turns are named by their index. */
export interface ChatActions {
  ask(question: string): void;
  stop(): void;
  /** Answers a question again: one that failed, or in place of its answer and the turns after it. */
  askAgain(turn: number): void;
  /** Asks another question in place of a turn and those after it. */
  edit(turn: number, question: string): void;
  copy(turn: number): void;
  insert(turn: number, place: InsertPlace, form: AnswerForm): void;
  /** Shows another version of a turn, from 1, with everything that followed it. */
  switchVersion(turn: number, version: number): void;
  /** Begins a new conversation; the current one goes into the history. */
  startAnew(): void;
  /** Goes on with an earlier conversation. */
  openPast(id: number): void;
  deletePast(id: number): void;
  /** Takes back what `ChatState.undo` says. */
  undo(): void;
  /** Keeps the question that is being written. @param key as in the state */
  setDraft(key: number, text: string): void;
  /** Keeps the question of a turn as it is being edited; '' for the question as it is. */
  setEdit(turn: number, text: string): void;
  choose(images: readonly number[], chosen: boolean): void;
  /** Chooses the image under the cursor, and no other. */
  chooseAtCursor(): void;
  pin(image: number, pinned: boolean): void;
  addFiles(files: readonly File[]): void;
  addFromVault(): void;
  setRegion(image: number, part: PixelRegion | null): void;
  /** Finds what is where in an image. */
  detectObjects(image: number): void;
  /** Is done with that, also before it is there. */
  stopLocating(): void;
  /** Shows an image where it stands. */
  reveal(image: number): void;
  /** @param url of http or https */
  openLink(url: string): void;
}
