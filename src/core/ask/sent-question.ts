import type { PixelSize } from '../ports.ts';
import { estimateTokens } from '../text/tokens.ts';
import { type AnswerTime, type Conversation, isAnswered } from './conversation.ts';

/** What the model got with a question. Token counts are estimates. */
export interface SentQuestion {
  readonly pictures: readonly {
    readonly file: string;
    readonly image: number;
    /** Pixels of the region that was sent; null for the whole image. */
    readonly region: PixelSize | null;
    /** Pixels that the model got; null if unknown. */
    readonly size: PixelSize | null;
    readonly tokens: number;
  }[];
  /** The text that was new with this question, as sent. */
  readonly text: string;
  readonly textTokens: number;
  /** Number of earlier turns that were sent again. */
  readonly earlier: number;
  /** The time that the answer took; null if unknown. */
  readonly time: AnswerTime | null;
}

/** @returns null if the turn was never sent */
export function sentQuestion(conversation: Conversation, index: number): SentQuestion | null {
  const { turns, files, preface } = conversation;
  const turn = turns[index];
  if (turn === undefined || !isAnswered(turn)) return null;
  const before = turns.slice(0, index).filter(isAnswered).length;
  const start = Math.min(preface?.start ?? 0, before);
  const text = before === start ? (preface?.content ?? '') + turn.content : turn.content;
  return {
    pictures: turn.pictures.map(({ image, region, size, tokens }) => ({
      file: files[image - 1] ?? '',
      image,
      region,
      size,
      tokens,
    })),
    text,
    textTokens: estimateTokens(text),
    earlier: before - start,
    time: turn.time,
  };
}
