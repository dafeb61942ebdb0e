import { NotesightError, type ErrorCode } from '../errors.ts';
import { AnswerFilter } from './answer-filter.ts';
import type { ChatModel, ChatRequest, ToolCall } from './chat-model.ts';
import { jsonAtEnd } from './loose-json.ts';
import { RepetitionGuard } from './repetition-guard.ts';

/** What a model says, as it says it. */
export interface Said {
  /** A piece of the answer, without reasoning and control tokens. */
  readonly text: string;
  /** Whether all that was said before was no answer after all, but reasoning. */
  readonly restarts: boolean;
  readonly calls: readonly ToolCall[];
}

/** What a model has said. */
export interface Heard {
  /** The whole answer; '' where there is none. */
  readonly text: string;
  /** As in `ChatDelta`; `looped` where the model repeated itself, and `text` ends with the first repetition. */
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
 * nothing came but reasoning, an answer in JSON at its end is taken, as some servers put it there; else the model is asked once
 * more, without reasoning, and with more room.
 * @throws NotesightError every code of the chat model
 */
export async function* listen(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<Said, Heard> {
  const first = yield* once(chat, request, signal);
  if (!first.onlyReasoned) return first;
  const answer = request.schema === undefined ? null : jsonAtEnd(first.thought);
  if (answer !== null) {
    yield { text: answer, restarts: false, calls: [] };
    return { text: answer, end: first.end, onlyReasoned: false };
  }
  try {
    return yield* once(chat, withoutReasoning(request), signal);
  } catch (error) {
    // There is no more room, or the server doesn't take so long an answer.
    if (error instanceof NotesightError && NO_ROOM.has(error.code)) return first;
    throw error;
  }
}

const NO_ROOM: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['context_overflow', 'server_error']);

/** The whole answer, for those who don't show it as it comes. @throws NotesightError every code of the chat model */
export async function hear(chat: ChatModel, request: ChatRequest, signal: AbortSignal): Promise<Heard> {
  const said = listen(chat, request, signal);
  for (;;) {
    const { done, value } = await said.next();
    if (done === true) return value;
  }
}

/** Why there is no answer that can be used. */
export function unusable({ end, onlyReasoned }: Pick<Heard, 'end' | 'onlyReasoned'>): NotesightError {
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

async function* once(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<Said, Heard & { readonly thought: string }> {
  const filter = new AnswerFilter();
  let guard = new RepetitionGuard();
  const thoughts = new RepetitionGuard();
  let end: Heard['end'] = 'done';
  let hasCalled = false;

  const heard = () => {
    const { text } = guard;
    const { text: thought } = thoughts;
    const onlyReasoned = text.trim() === '' && thought.trim() !== '' && !hasCalled;
    return { text, thought, end, onlyReasoned };
  };
  /** @returns whether it goes on */
  function take({ text, thought, restarts }: ReturnType<AnswerFilter['add']>): boolean {
    if (restarts) {
      thoughts.add(guard.text);
      guard = new RepetitionGuard();
    }
    return thoughts.add(thought) && guard.add(text);
  }

  for await (const { text, thought = '', calls = [], end: ended } of chat.chat(request, signal)) {
    if (calls.length > 0) hasCalled = true;
    const filtered = filter.add(text);
    const goesOn = take({ ...filtered, thought: thought + filtered.thought });
    if (filtered.text !== '' || filtered.restarts || calls.length > 0) {
      yield { text: filtered.text, restarts: filtered.restarts, calls };
    }
    if (!goesOn) {
      end = 'looped';
      return heard();
    }
    if (ended === 'length') end = 'length';
    if (ended === 'cut') end = 'looped';
  }
  const rest = filter.end();
  if (!take(rest)) end = 'looped';
  else if (end === 'looped') guard.end();
  if (rest.text !== '' || rest.restarts) yield { text: rest.text, restarts: rest.restarts, calls: [] };
  return heard();
}
