import { streamAnswer, unusable } from '../answer/read-answer.ts';
import type { ChatMessage, ChatModel, ChatRequest, Generated, ToolCall } from '../model/chat-model.ts';
import { cutToTokens } from '../text/cut-to-tokens.ts';
import { fencedLines } from './ask-prompt.ts';
import { callTokens, roundTokens } from './call-messages.ts';
import type { AnswerEnd, AnswerTime, CallRound, DoneCall } from './conversation.ts';
import type { Plan } from './plan-request.ts';
import type { CallTarget } from './tools/ask-tools.ts';
import type { ToolCaller } from './tools/tool-caller.ts';

/** The longest result to send to the model, and the longest text before a call, in tokens. */
const MAX_RESULT = 600;
const MAX_BEFORE_CALL = 60;
/**
 * A shorter result is not useful. If there is less room than for a round with such a result, no tools are offered. In
 * tokens.
 */
const MIN_RESULT = 40;
const MIN_ROUND = 200;
/** UTF-16 units of a result that are read. */
const MAX_READ = 20_000;

/** A call in progress, as shown to the user. */
export interface ShownCall {
  readonly name: string;
  readonly target: CallTarget;
  readonly state: 'running' | 'done' | 'failed';
  /** The result as the model gets it; '' until the call is done. */
  readonly result: string;
}

export type AnswerEvent =
  /** A piece of the answer. */
  | { readonly type: 'text'; readonly text: string }
  /** The text so far was not an answer, but the model's reasoning. */
  | { readonly type: 'restart' }
  /** A tool call, with its index among all calls for the question. The text before it was not an answer yet. */
  | { readonly type: 'call'; readonly index: number; readonly call: ShownCall };

/** An answer in progress. */
export class Answer {
  text = '';
  end: AnswerEnd = 'done';
  readonly rounds: CallRound[] = [];
  readonly #start = Date.now();
  #generated: Generated | null = null;

  get time(): AnswerTime {
    return { milliseconds: Date.now() - this.#start, generated: this.#generated };
  }

  /** Counts what one request generated. */
  addGenerated(next: Generated): void {
    const { tokens, milliseconds } = this.#generated ?? { tokens: 0, milliseconds: 0 };
    const time =
      milliseconds === null || next.milliseconds === null ? null : milliseconds + next.milliseconds;
    this.#generated = { tokens: tokens + next.tokens, milliseconds: time };
  }
}

/** A planned request, without the calls that follow. */
export interface PlannedRequest extends Pick<Plan, 'tools' | 'maxTokens' | 'roomForCalls'> {
  /** Returns the messages with the calls so far. */
  readonly messagesWith: (rounds: readonly CallRound[]) => ChatMessage[];
}

/** A model with its tools. */
export interface ModelWithTools {
  readonly chat: ChatModel;
  readonly caller: ToolCaller;
}

/**
 * Streams the answer to a planned request into `answer`. If the model calls tools instead, runs them and sends
 * another request with the results. Once no more calls are allowed, or there is no room for them, the request offers
 * no tools.
 * @throws NotesightError every code of a server or model, `answer_unusable` if the model only reasons, `cancelled`
 */
export async function* answerInto(
  answer: Answer,
  { tools, maxTokens, roomForCalls, messagesWith }: PlannedRequest,
  { chat, caller }: ModelWithTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  let mayCall = tools.length > 0 && !caller.isSpent;
  let room = roomForCalls;
  for (;;) {
    const request = { messages: messagesWith(answer.rounds), maxTokens, ...(mayCall && { tools }) };
    const calls = yield* stream(chat, request, answer, signal);
    if (calls.length === 0 || answer.end === 'looped') return;
    if (!mayCall) {
      if (answer.text === '') answer.end = 'unanswered';
      return;
    }
    const index = answer.rounds.reduce((sum, round) => sum + round.calls.length, 0);
    const round = yield* carryOut({ calls, textBefore: answer.text, index, room }, caller, signal);
    mayCall = !round.isLast;
    if (round.calls.length === 0) continue;
    answer.rounds.push(round);
    room -= roundTokens(round);
  }
}

/** @returns the tool calls of the response */
async function* stream(
  chat: ChatModel,
  request: ChatRequest,
  answer: Answer,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, ToolCall[]> {
  const called: ToolCall[] = [];
  // Text before a call is not part of the answer.
  answer.text = '';
  for await (const { text, restarts, calls, heard } of streamAnswer(chat, request, signal)) {
    called.push(...calls);
    if (restarts) {
      answer.text = '';
      yield { type: 'restart' };
    }
    answer.text += text;
    if (text !== '') yield { type: 'text', text };
    if (heard === null) continue;
    if (heard.generated !== null) answer.addGenerated(heard.generated);
    if (heard.onlyReasoned) throw unusable(heard);
    answer.text = heard.text;
    answer.end = heard.end;
  }
  return called;
}

/** The calls of one response. */
interface RequestedCalls {
  readonly calls: readonly ToolCall[];
  readonly textBefore: string;
  /** The index of the first call among all calls for the question. */
  readonly index: number;
  /** Tokens for the calls and their results. */
  readonly room: number;
}

/** @returns the calls that there was room for; empty if there was no room for the first */
async function* carryOut(
  { calls, textBefore, index, room }: RequestedCalls,
  caller: ToolCaller,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, CallRound> {
  const text = cutToTokens(textBefore.trim(), MAX_BEFORE_CALL);
  const done: DoneCall[] = [];
  let free = room - roundTokens({ text, calls: [] });
  for (const call of calls) {
    if (caller.isSpent) break;
    const checked = caller.check(call);
    const { name, arguments: args, target } = checked;
    const around = callTokens({ name, arguments: args, result: '' });
    if (free < around + MIN_RESULT) {
      free = 0;
      break;
    }
    const shown = { name, target };
    const at = index + done.length;
    yield { type: 'call', index: at, call: { ...shown, state: 'running', result: '' } };
    const { result: found, failed } = await checked.run(signal);
    const result = cutToTokens(fencedLines(found.slice(0, MAX_READ)), Math.min(MAX_RESULT, free - around));
    free -= callTokens({ name, arguments: args, result });
    done.push({ ...shown, arguments: args, result, failed });
    yield { type: 'call', index: at, call: { ...shown, state: failed ? 'failed' : 'done', result } };
  }
  return { text, calls: done, isLast: caller.isSpent || free < MIN_ROUND };
}
