import type { PixelSize } from '../../core/ports.ts';
import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ImagePart } from '../../core/ask/tools/image-part.ts';
import type { ChatCall, ChatCallName, InsertPlace, TurnStatus } from './chat-state.ts';

/** Everything the chat panel says, in one language. */
export interface ChatWords {
  readonly noNote: string;
  readonly noImages: string;
  /** What stands above the first question. */
  readonly welcome: string;
  /** @param chosen how many of them */
  readonly images: (chosen: number, total: number) => string;
  readonly all: string;
  readonly none: string;
  readonly atCursor: string;
  readonly addFromVault: string;
  /** The label of an image's check mark. */
  readonly image: (number: number, name: string) => string;
  readonly pin: (number: number) => string;
  readonly region: (number: number) => string;
  readonly regionChosen: (part: PixelSize, number: number) => string;
  readonly removeRegion: string;
  readonly regionTitle: (name: string) => string;
  readonly regionHint: string;
  readonly take: string;
  readonly cancel: string;
  readonly dropHere: string;
  readonly question: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  readonly startAnew: string;
  readonly conversation: string;
  readonly askAgain: string;
  readonly edit: string;
  readonly copy: string;
  readonly insert: string;
  readonly insertAt: Readonly<Record<InsertPlace, Readonly<Record<AnswerForm, string>>>>;
  readonly waiting: string;
  readonly describing: (done: number, total: number) => string;
  /** Which images the model saw, behind which their links stand, and how many it knew in words. */
  readonly saw: string;
  readonly partOf: string;
  readonly inWords: (count: number) => string;
  /** The label of the list of what the model called, and what stands before its image and words. */
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
  /** News for a screen reader. */
  readonly answerReady: string;
}
