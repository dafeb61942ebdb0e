import type { ShownCall } from './answer.ts';
import type { AskEvent } from './ask.ts';
import { isJustQuestion } from './branches.ts';
import type { Conversation } from './conversation.ts';

/** A question whose answer is in progress. */
export interface PendingTurn {
  /** The index of the turn that it replaces, or the number of turns. */
  readonly at: number;
  readonly question: string;
  /** The answer so far. */
  readonly answer: string;
  /** Whether the answer has begun. Until then, the turns that it replaces are kept. */
  readonly hasBegun: boolean;
  /** The tool calls so far. */
  readonly calls: readonly ShownCall[];
  /** How many of the images have been described; null once all are. */
  readonly described: { readonly done: number; readonly total: number } | null;
  /** How each image is sent; null until that is known. */
  readonly planned: Extract<AskEvent, { type: 'planned' }> | null;
}

export function pendingTurn(at: number, question: string): PendingTurn {
  return { at, question, answer: '', hasBegun: false, calls: [], described: null, planned: null };
}

/** The pending turn after another event. */
export function withEvent(pending: PendingTurn, event: Exclude<AskEvent, { type: 'end' }>): PendingTurn {
  switch (event.type) {
    case 'described':
      return { ...pending, described: event };
    case 'planned':
      // The same event is sent when a request is retried with less content.
      return { ...pending, planned: event, described: null, answer: '', calls: [] };
    case 'text':
      return { ...pending, answer: pending.answer + event.text, hasBegun: true };
    case 'restart':
      return { ...pending, answer: '' };
    case 'call':
      return { ...pending, answer: '', calls: pending.calls.toSpliced(event.index, 1, event.call) };
  }
}

/** The index for a question. One that is asked again because its answer is missing replaces itself. */
export function placeFor({ turns }: Conversation, question: string): number {
  const last = turns.at(-1);
  return last !== undefined && isJustQuestion(last, question) ? turns.length - 1 : turns.length;
}
