import { type ErrorCode, NotesightError } from '../errors.ts';
import type { ChatModel, ChatRequest, ToolCall } from '../model/chat-model.ts';
import { AnswerFilter, type Filtered } from './answer-filter.ts';
import { jsonAtEnd } from './loose-json.ts';
import { RepetitionGuard } from './repetition-guard.ts';

/** A piece of what a model says. */
export interface AnswerUpdate {
  /** Of the answer, without reasoning and control tokens. */
  readonly text: string;
  /** Whether all that was said before this piece was no answer after all, but reasoning. */
  readonly restarts: boolean;
  readonly calls: readonly ToolCall[];
  /** What it comes to; null but for the last piece. */
  readonly heard: Answered | null;
}

/** What a model has said. */
export interface Answered {
  /** The whole answer; '' where there is none. */
  readonly text: string;
  /** As in `ChatDelta`; `looped` where the model repeats itself: then the text ends with the first repetition. */
  readonly end: 'done' | 'length' | 'looped';
  /** Whether all that came, twice, was reasoning. */
  readonly onlyReasoned: boolean;
}

/** How much longer an answer may be whose room reasoning took up, and how long at least, in tokens. */
const MORE_ROOM = 4;
const LEAST_ROOM = 4096;
/** Qwen 3 takes the last word for a switch; to others it means nothing. */
const AT_ONCE = 'Answer at once, without reasoning first. /no_think';

/**
 * The one way in for what models say: leaves out reasoning and control tokens, and stops a model that repeats itself. Where
 * nothing came but reasoning, an answer in JSON at its end is taken, for some servers put it there; else the model is asked once
 * more, without reasoning, and with more room. Leaving the loop early ends the request.
 * @throws NotesightError every code of the chat model
 */
export async function* streamAnswer(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerUpdate, void> {
  let thought = '';
  let first: Answered | null = null;
  for await (const { thoughts, ...said } of once(chat, request, signal)) {
    thought = thoughts;
    if (said.heard?.onlyReasoned !== true) yield said;
    else {
      first = said.heard;
      if (said.restarts) yield { ...NOTHING, restarts: true };
    }
  }
  if (first === null) return;
  const answer = request.schema === undefined ? null : jsonAtEnd(thought);
  if (answer !== null) {
    yield { ...NOTHING, text: answer, heard: { ...first, text: answer, onlyReasoned: false } };
    return;
  }
  try {
    for await (const { text, restarts, calls, heard } of once(chat, withoutReasoning(request), signal)) {
      yield { text, restarts, calls, heard };
    }
  } catch (error) {
    if (!(error instanceof NotesightError) || !NO_ROOM.has(error.code)) throw error;
    yield { ...NOTHING, heard: first };
  }
}

const NOTHING: AnswerUpdate = { text: '', restarts: false, calls: [], heard: null };
/** There is no more room in the context, or the server doesn't take a request for so long an answer. */
const NO_ROOM: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['context_overflow', 'server_error']);

/** The whole answer, for those who don't show it as it comes. @throws NotesightError every code of the chat model */
export async function readAnswer(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): Promise<Answered> {
  for await (const { heard } of streamAnswer(chat, request, signal)) if (heard !== null) return heard;
  throw new Error('listen ends with what was heard');
}

/** Why there is no answer that can be used. */
export function unusable({ end, onlyReasoned }: Pick<Answered, 'end' | 'onlyReasoned'>): NotesightError {
  if (onlyReasoned) {
    const data = { reason: 'reasoning' };
    return new NotesightError('answer_unusable', 'The model only reasoned and gave no answer.', { data });
  }
  return end === 'looped'
    ? new NotesightError('model_looped', 'The model repeats itself.')
    : new NotesightError('answer_unusable', 'The model gave no answer that can be used.');
}

/** Without a schema: some versions of Ollama turn reasoning off only where there is none (ollama/ollama#14645). */
function withoutReasoning({ messages, maxTokens, tools }: ChatRequest): ChatRequest {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return {
    messages: messages.map((message, index) =>
      index === last ? { ...message, content: `${message.content}\n\n${AT_ONCE}` } : message,
    ),
    maxTokens: Math.max(LEAST_ROOM, maxTokens * MORE_ROOM),
    ...(tools && { tools }),
  };
}

/** Asks once. @returns pieces with all the reasoning so far */
async function* once(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerUpdate & { readonly thoughts: string }, void> {
  const filter = new AnswerFilter();
  const thoughts = new RepetitionGuard();
  let answer = new RepetitionGuard();
  let end: Answered['end'] = 'done';
  const came = { calls: false, reasoning: false };

  /** @returns whether it goes on */
  function take({ text, thought, restarts }: Filtered): boolean {
    if (restarts) {
      thoughts.add(answer.text);
      answer = new RepetitionGuard();
    }
    came.reasoning ||= restarts || thought.trim() !== '';
    return thoughts.add(thought) && answer.add(text);
  }

  for await (const { text, thought = '', calls = [], end: ended } of chat.chat(request, signal)) {
    came.calls ||= calls.length > 0;
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
  const onlyReasoned = text.trim() === '' && came.reasoning && !came.calls;
  const { text: last, restarts } = rest;
  yield { text: last, restarts, calls: [], heard: { text, end, onlyReasoned }, thoughts: thoughts.text };
}
