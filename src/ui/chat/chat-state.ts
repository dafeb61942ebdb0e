import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ImagePart } from '../../core/ask/tools/image-part.ts';
import type { NamedBox } from '../../core/detect/named-box.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { PixelRegion } from '../../core/ports.ts';

/** An image of the conversation. */
export interface ChatImage {
  /** The number used in the answers, starting at 1. */
  readonly number: number;
  /** File name. */
  readonly name: string;
  readonly source: string;
  /** Whether it is a drawing (SVG), which has no pixels of its own. */
  readonly isDrawing: boolean;
  /** Whether it is selected for the next question. */
  readonly isChosen: boolean;
  /** Whether it is always sent as an image. */
  readonly isPinned: boolean;
  /** Whether it is in the note; other images were added by the user. */
  readonly isInNote: boolean;
}

/** Progress or outcome of an answer. */
export type TurnStatus =
  'waiting' | 'streaming' | 'failed' | 'done' | 'length' | 'stopped' | 'looped' | 'unanswered';

/** Tools a model can call; `other` is any unknown name. */
export type ChatCallName = 'read_text' | 'find_objects' | 'look' | 'search_notes' | 'web_search' | 'other';

/** A tool call of the model. */
export interface ChatCall {
  readonly name: ChatCallName;
  readonly image: number | null;
  /** The region of the image, as edges in percent; null for the whole image. */
  readonly part: ImagePart | null;
  /** The query or question, or the unknown name; '' if there is none. */
  readonly words: string;
  readonly state: 'running' | 'done' | 'failed';
  /** The result as returned to the model; '' while the call is running. */
  readonly result: string;
}

/** A question and its answer. */
export interface ChatTurn {
  readonly question: string;
  /** Markdown, as written by the model. */
  readonly answer: string;
  readonly status: TurnStatus;
  /** Images sent as images, with the region if only that was sent. */
  readonly pictures: readonly { readonly image: number; readonly region: PixelRegion | null }[];
  /** Number of images sent as text. */
  readonly inWords: number;
  /** Tool calls so far. */
  readonly calls: readonly ChatCall[];
  /** Numbers of the selected images that the answer could not consider. */
  readonly missing: readonly number[];
  /** Images that are described first: done and total. */
  readonly described: { readonly done: number; readonly total: number } | null;
  /** Remarks for the reader: images that could not be read, earlier turns that were shortened. */
  readonly remarks: readonly string[];
  readonly error: Explanation | null;
  /** The number of this version, starting at 1, and the number of versions. */
  readonly versions: { readonly current: number; readonly count: number };
  /** The edited question that replaces this one, as long as it has no answer; '' if there is none. */
  readonly asking: string;
  /** The edited, unsent question; '' if there is none. */
  readonly edited: string;
}

/** An earlier conversation about the note. */
export interface ChatPast {
  readonly id: number;
  readonly title: string;
  /** Time of the last change, in milliseconds since 1970; 0 if unknown. */
  readonly changed: number;
  readonly questions: number;
}

/** The draft question. */
export interface ChatDraft {
  /** Key of its conversation; 0 if no note is open. */
  readonly key: number;
  readonly text: string;
  /** Incremented when the host sets the text; the panel uses it if its box is empty. */
  readonly version: number;
}

/** A prompt to choose. */
export interface ChatPrompt {
  readonly id: string;
  readonly name: string;
}

/** Another note of the vault. */
export interface ChatOtherNote {
  /** Its path. */
  readonly id: string;
  /** Its file name, with its folder if another note has the same. */
  readonly name: string;
}

/** Object detection in an image, while its view is open. */
export interface ChatWhere {
  readonly image: number;
  /** Whether detection is running. */
  readonly isBusy: boolean;
  readonly boxes: readonly NamedBox[];
  /** The model that detected the objects; '' for the local detector. */
  readonly model: string;
  /** Why no model was used; '' if one was. */
  readonly remark: string;
  readonly error: Explanation | null;
}

/** The images that the last answer could not consider, and their analysis in the background. */
export interface ChatAnalysis {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** Number of selected images that are known, and of all. */
  readonly done: number;
  readonly total: number;
  /** Number of images that could not be described. */
  readonly failed: number;
  /** Milliseconds; null if unknown. */
  readonly timeLeft: number | null;
  readonly error: Explanation | null;
}

/** The complete state of the panel. */
export interface ChatState {
  /** The note's name; null if no note is open. */
  readonly note: string | null;
  /** A warning about the model: it is text-only, or runs on another machine; '' if there is none. */
  readonly notice: string;
  /** The title that the user gave to the conversation; '' for none. */
  readonly title: string;
  /** The model that answers; '' for automatic, before the first question. */
  readonly model: string;
  readonly images: readonly ChatImage[];
  readonly turns: readonly ChatTurn[];
  /** The text of the note that questions include, with its estimated tokens; null if it has none. */
  readonly noteText: { readonly tokens: number; readonly isIncluded: boolean } | null;
  /** The selection in the note that questions include, with its estimated tokens; null for nothing. */
  readonly selection: { readonly tokens: number; readonly isIncluded: boolean } | null;
  /** The other notes that questions include. */
  readonly notes: readonly ChatOtherNote[];
  /** The notes found for a query after `@`. */
  readonly foundNotes: { readonly query: string; readonly notes: readonly ChatOtherNote[] };
  /** The region of an image that the next question is about. */
  readonly region: { readonly image: number; readonly part: PixelRegion } | null;
  /** The image with an open detection view; null if there is none. */
  readonly where: ChatWhere | null;
  /** Whether an answer is being generated. */
  readonly isBusy: boolean;
  /** null if the last answer considered all images. */
  readonly analysis: ChatAnalysis | null;
  readonly draft: ChatDraft;
  /** The prompts for questions. */
  readonly prompts: readonly ChatPrompt[];
  /** The text of the prompt chosen last, for the question box. The version changes with each one. */
  readonly inserted: { readonly version: number; readonly text: string };
  /** The earlier conversations about the note, newest first. */
  readonly history: readonly ChatPast[];
  /** The last action that can be undone; null if there is none. */
  readonly undo: 'startNew' | 'deletePast' | null;
}

/** The state when no note is open. */
export const NO_NOTE: ChatState = {
  note: null,
  notice: '',
  title: '',
  model: '',
  images: [],
  turns: [],
  noteText: null,
  selection: null,
  notes: [],
  foundNotes: { query: '', notes: [] },
  region: null,
  where: null,
  isBusy: false,
  analysis: null,
  draft: { key: 0, text: '', version: 0 },
  prompts: [],
  inserted: { version: 0, text: '' },
  history: [],
  undo: null,
};

/** The maximum length of a question, in UTF-16 code units; longer than any context window. */
export const MAX_QUESTION = 100_000;

/** Where an answer is inserted. */
export type InsertPlace = 'cursor' | 'below';

/** Actions of the user. The host carries them out and shows the new state. Turns are identified by index. */
export interface ChatActions {
  ask(question: string): void;
  stop(): void;
  /** Retries a failed question, or regenerates the answer and drops the turns after it. */
  askAgain(turn: number): void;
  /** Replaces a turn and those after it with another question. */
  edit(turn: number, question: string): void;
  copy(turn: number): void;
  /** Shows what the model got with a question. */
  showSent(turn: number): void;
  insert(turn: number, place: InsertPlace, form: AnswerForm): void;
  /** Shows another version of a turn, starting at 1, with the turns that followed it. */
  switchVersion(turn: number, version: number): void;
  /** Starts a new conversation and moves the current one to the history. */
  startNew(): void;
  /** @param title '' for the first question */
  rename(title: string): void;
  /** Creates a note with the questions and answers, next to the current note. */
  saveAsNote(): void;
  /** Lets the user choose the model that answers. */
  chooseModel(): void;
  /** Continues an earlier conversation. */
  openPast(id: number): void;
  deletePast(id: number): void;
  /** Undoes the action in `ChatState.undo`. */
  undo(): void;
  /** Inserts the text of a prompt into the question box. */
  usePrompt(id: string): void;
  /** Stores the draft question. @param key as in the state */
  setDraft(key: number, text: string): void;
  /** Stores the edited question of a turn; '' discards the edit. */
  setEdit(turn: number, text: string): void;
  choose(images: readonly number[], chosen: boolean): void;
  /** Selects only the image at the cursor. */
  chooseAtCursor(): void;
  pin(image: number, pinned: boolean): void;
  addFiles(files: readonly File[]): void;
  addFromVault(): void;
  /** Describes the images that the last answer could not consider. */
  analyze(): void;
  stopAnalysis(): void;
  /** Whether questions include the text of the note. */
  includeNote(on: boolean): void;
  /** Whether questions include the selection in the note. */
  includeSelection(on: boolean): void;
  /** Finds other notes by name. */
  findNotes(query: string): void;
  /** @param id a note that was found; to exclude, one that is included */
  includeOther(id: string, on: boolean): void;
  setRegion(image: number, part: PixelRegion | null): void;
  /** Detects objects in an image. */
  detectObjects(image: number): void;
  /** Closes the detection view, even while detection is running. */
  stopDetection(): void;
  /** Shows an image in its note. */
  reveal(image: number): void;
  /** @param url http or https */
  openLink(url: string): void;
}
