import { type ErrorCode, NotesightError } from '../errors.ts';
import type { ChatModel, ChatRequest, Generated, ToolCall } from '../model/chat-model.ts';
import { AnswerFilter, type Filtered } from './answer-filter.ts';
import { jsonAtEnd } from './loose-json.ts';
import { RepetitionGuard } from './repetition-guard.ts';

/** A piece of a streamed answer. */
export interface AnswerUpdate {
  /** Part of the answer, without reasoning and control tokens. */
  readonly text: string;
  /** Whether everything before this piece turned out to be reasoning. */
  readonly restarts: boolean;
  readonly calls: readonly ToolCall[];
  /** The complete result; null except in the last piece. */
  readonly heard: Answered | null;
}

/** A model's complete answer. */
export interface Answered {
  /** The whole answer; '' if there is none. */
  readonly text: string;
  /** As in `ChatDelta`, or `looped` if the model repeats itself: then the text ends with the first repetition. */
  readonly end: 'done' | 'length' | 'looped';
  /** Whether both requests returned only reasoning. */
  readonly onlyReasoned: boolean;
  /** What the server generated for it, with the reasoning; null if the server does not report it. */
  readonly generated: Generated | null;
}

/** For a retry after reasoning used up the answer: the factor for the answer's length, and its minimum in tokens. */
const MORE_ROOM = 4;
const LEAST_ROOM = 4096;
/** The last word turns reasoning off in Qwen 3; other models ignore it. */
const NO_REASONING = 'Answer at once, without reasoning first. /no_think';

/**
 * Streams the answer of a model. All answers must be read through this function: it removes reasoning and control
 * tokens, and stops a model that repeats itself. If there is only reasoning, JSON at its end counts as the answer,
 * because some servers put it there. Otherwise, it sends one more request, without reasoning and with more room.
 * Leaving the loop early ends the request.
 * @throws NotesightError every code of the chat model
 */
export async function* streamAnswer(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerUpdate, void> {
  let thought = '';
  let first: Answered | null = null;
  for await (const { thoughts, ...update } of sendRequest(chat, request, signal)) {
    thought = thoughts;
    if (update.heard?.onlyReasoned !== true) yield update;
    else {
      first = update.heard;
      if (update.restarts) yield { ...NOTHING, restarts: true };
    }
  }
  if (first === null) return;
  const answer = request.schema === undefined ? null : jsonAtEnd(thought);
  if (answer !== null) {
    yield { ...NOTHING, text: answer, heard: { ...first, text: answer, onlyReasoned: false } };
    return;
  }
  try {
    for await (const { text, restarts, calls, heard } of sendRequest(
      chat,
      withoutReasoning(request),
      signal,
    )) {
      yield { text, restarts, calls, heard };
    }
  } catch (error) {
    if (!(error instanceof NotesightError) || !NO_ROOM.has(error.code)) throw error;
    yield { ...NOTHING, heard: first };
  }
}

const NOTHING: AnswerUpdate = { text: '', restarts: false, calls: [], heard: null };
/** The context has no more room, or the server rejects a request for so long an answer. */
const NO_ROOM: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['context_overflow', 'server_error']);

/**
 * Reads the whole answer.
 * @throws NotesightError every code of the chat model
 */
export async function readAnswer(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): Promise<Answered> {
  for await (const { heard } of streamAnswer(chat, request, signal)) if (heard !== null) return heard;
  throw new Error('listen ends with what was heard');
}

/** The error for an answer that can't be used. */
export function unusable({ end, onlyReasoned }: Pick<Answered, 'end' | 'onlyReasoned'>): NotesightError {
  if (onlyReasoned) {
    const data = { reason: 'reasoning' };
    return new NotesightError('answer_unusable', 'The model only reasoned and gave no answer.', { data });
  }
  return end === 'looped'
    ? new NotesightError('model_looped', 'The model repeats itself.')
    : new NotesightError('answer_unusable', 'The model gave no answer that can be used.');
}

/** Removes the schema: some versions of Ollama turn reasoning off only without one (ollama/ollama#14645). */
function withoutReasoning({ messages, maxTokens, tools }: ChatRequest): ChatRequest {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return {
    messages: messages.map((message, index) =>
      index === last ? { ...message, content: `${message.content}\n\n${NO_REASONING}` } : message,
    ),
    maxTokens: Math.max(LEAST_ROOM, maxTokens * MORE_ROOM),
    ...(tools && { tools }),
  };
}

/**
 * Sends one request.
 * @returns pieces with all the reasoning so far
 */
async function* sendRequest(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerUpdate & { readonly thoughts: string }, void> {
  const filter = new AnswerFilter();
  const thoughts = new RepetitionGuard();
  let answer = new RepetitionGuard();
  let end: Answered['end'] = 'done';
  let generated: Generated | null = null;
  const received = { calls: false, reasoning: false };

  /** @returns whether to continue */
  function take({ text, thought, restarts }: Filtered): boolean {
    if (restarts) {
      thoughts.add(answer.text);
      answer = new RepetitionGuard();
    }
    received.reasoning ||= restarts || thought.trim() !== '';
    return thoughts.add(thought) && answer.add(text);
  }

  for await (const delta of chat.chat(request, signal)) {
    const { text, thought = '', calls = [], end: ended } = delta;
    generated = delta.generated ?? generated;
    received.calls ||= calls.length > 0;
    const piece = filter.add(text);
    const goesOn = take({ ...piece, thought: thought + piece.thought });
    if (piece.text !== '' || piece.restarts || calls.length > 0) {
      yield { text: piece.text, restarts: piece.restarts, calls, heard: null, thoughts: thoughts.text };
    }
    if (ended === 'length') end = 'length';
    if (ended === 'cut' || !goesOn) end = 'looped';
    if (!goesOn) break;
  }
  const rest = filter.end();
  take(rest);
  if (end === 'looped') answer.end();
  const { text } = answer;
  const onlyReasoned = text.trim() === '' && received.reasoning && !received.calls;
  const { text: last, restarts } = rest;
  const heard = { text, end, onlyReasoned, generated };
  yield { text: last, restarts, calls: [], heard, thoughts: thoughts.text };
}
