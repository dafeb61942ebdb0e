import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ImagePart } from '../../core/ask/tools/image-part.ts';
import type { PixelSize } from '../../core/ports.ts';
import type { LightboxWords } from '../overlay/lightbox-words.ts';
import type { ChatAnalysis, ChatCall, ChatCallName, InsertPlace, TurnStatus } from './chat-state.ts';

/** Text about the images that the last answer could not consider. */
export interface AnalysisWords {
  readonly count: (analysis: Pick<ChatAnalysis, 'done' | 'total'>) => string;
  readonly failed: (count: number) => string;
  readonly timeLeft: (seconds: number) => string;
  readonly start: string;
  readonly stop: string;
  readonly askAgain: string;
  readonly ready: string;
}

/** All text of the chat panel, in one language. */
export interface ChatWords {
  readonly noNote: string;
  readonly noImages: string;
  /** Shown above the first question. */
  readonly welcome: string;
  /** @param chosen number of selected images */
  readonly images: (chosen: number, total: number) => string;
  /** Shown while many images are all selected: which ones are sent depends on the question. */
  readonly imagesAutomatic: (total: number) => string;
  /** The label of the line that changes the height of the images. */
  readonly resizeImages: string;
  readonly all: string;
  readonly none: string;
  readonly atCursor: string;
  readonly addFromVault: string;
  /** The label of an image's check mark. */
  readonly image: (number: number, name: string) => string;
  readonly imageActions: (number: number) => string;
  readonly enlarge: string;
  readonly reveal: string;
  readonly pin: string;
  /** The tooltip of the mark on a pinned image. */
  readonly pinned: string;
  readonly region: string;
  readonly regionChosen: (part: PixelSize, number: number) => string;
  /** @param tokens estimated */
  readonly noteText: (tokens: number) => string;
  readonly noteTextHint: string;
  /** @param tokens estimated */
  readonly selection: (tokens: number) => string;
  readonly selectionHint: string;
  /** A note that questions include besides the current one. */
  readonly otherNote: (name: string) => string;
  readonly removeOtherNote: (name: string) => string;
  /** A note in the text of a question. */
  readonly quoted: (name: string) => string;
  /** The label of the list of notes. */
  readonly otherNotes: string;
  readonly removeRegion: string;
  readonly regionTitle: (name: string) => string;
  readonly regionHint: string;
  readonly take: string;
  readonly cancel: string;
  readonly whatIsWhere: string;
  readonly whereTitle: (name: string) => string;
  readonly whereHint: string;
  readonly locating: string;
  /** @param model the model that detected them; '' for the local detector */
  readonly located: (count: number, model: string) => string;
  /** Names of the nine areas of an image, from left to right and from top to bottom. */
  readonly places: readonly string[];
  readonly tryAgain: string;
  readonly close: string;
  readonly dropHere: string;
  readonly question: string;
  readonly placeholder: string;
  /** The label of the list of prompts. */
  readonly prompts: string;
  /** Shown below the suggested prompts. */
  readonly promptsHint: string;
  readonly send: string;
  readonly stop: string;
  readonly startNew: string;
  /** The same in a narrow bar; part of `startNew`. */
  readonly startNewShort: string;
  readonly automaticModel: string;
  /** The label of the button that chooses a model. @param name as the button shows it */
  readonly chooseModel: (name: string) => string;
  readonly more: string;
  readonly rename: string;
  readonly title: string;
  readonly saveAsNote: string;
  readonly conversation: string;
  /** Regenerates an answer. */
  readonly regenerate: string;
  /** Retries a question that has no answer. */
  readonly retry: string;
  readonly edit: string;
  /** Continues an edit that was not sent. */
  readonly continueEditing: string;
  readonly previousVersion: string;
  readonly nextVersion: string;
  /** Label with the version of the question and answer that is shown. */
  readonly version: (current: number, count: number) => string;
  readonly history: string;
  readonly historyTitle: string;
  /** @param changed milliseconds since 1970 */
  readonly date: (changed: number) => string;
  readonly questions: (count: number) => string;
  readonly deletePast: (title: string) => string;
  readonly undo: string;
  readonly undoable: Readonly<Record<'startNew' | 'deletePast', string>>;
  readonly copy: string;
  readonly copied: string;
  readonly insert: string;
  readonly insertAt: Readonly<Record<InsertPlace, Readonly<Record<AnswerForm, string>>>>;
  readonly waiting: string;
  readonly describing: (done: number, total: number) => string;
  /** The images sent to the model, followed by their links, and the number of images sent as text. */
  readonly saw: string;
  /** The button that shows everything that was sent. */
  readonly details: string;
  readonly partOf: string;
  readonly inWords: (count: number) => string;
  /** The label of the list of tool calls, and the prefixes of a call's image and text. */
  /** @param images their numbers, such as '5–28' */
  readonly notConsidered: (images: string) => string;
  readonly analysis: AnalysisWords;
  readonly calls: string;
  readonly callNames: Readonly<Record<ChatCallName, string>>;
  readonly callWords: (text: string) => string;
  readonly partPercent: (part: ImagePart) => string;
  readonly callStates: Readonly<Record<ChatCall['state'], string>>;
  readonly callResult: string;
  readonly ends: Readonly<Record<Exclude<TurnStatus, 'waiting' | 'streaming' | 'failed' | 'done'>, string>>;
  readonly showRest: (characters: number) => string;
  /** The label of a link to an image. */
  readonly goTo: (number: number, name: string) => string;
  readonly lightbox: LightboxWords;
  /** Announcements for screen readers. */
  readonly answerReady: string;
}
