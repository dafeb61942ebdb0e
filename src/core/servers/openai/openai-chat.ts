import { NotesightError } from '../../errors.ts';
import type { ChatDelta, ChatMessage, ChatModel, ChatRequest, Tool } from '../../model/chat-model.ts';
import { toolArguments } from '../../model/tool-arguments.ts';
import { base64 } from '../../text/base64.ts';
import type { ModelServer } from '../model-server.ts';
import { AnswerSoFar } from './answer-so-far.ts';
import { streamOpenAi, subjectOf } from './openai-call.ts';

/** A model on an OpenAI-compatible server. */
export interface OpenAiModel {
  readonly name: string;
  /** Whether the server passes arguments to the chat template. OpenAI rejects them. */
  readonly takesTemplateArguments: boolean;
}

/** Statuses of a rejected request. */
const REFUSED = [400, 422, 501];
/** Statuses of rejected tools: older builds of llama-server without a tool template send 500. */
const REFUSED_TOOLS = [...REFUSED, 500];

/** What to do if the server rejects a request. */
interface Plainer {
  /** The statuses of a rejection. */
  readonly refused: readonly number[];
  /** The simpler request to send instead. */
  readonly plainer: ChatRequest;
  /** Called when the server accepts the simpler request. */
  readonly onRefusal: () => void;
}

/** Creates a chat with a model. The same request returns the same answer. */
export function createOpenAiChat(server: ModelServer, model: OpenAiModel): ChatModel {
  const subject = subjectOf(server, model.name);
  /** Set once the server rejected a schema and accepted a request without it. */
  let withoutSchema = false;
  /** Set once the server rejected tools and accepted a request without them. */
  let withoutTools = false;

  async function* send(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta, void> {
    const answer = new AnswerSoFar(request.schema !== undefined);
    try {
      for await (const part of streamOpenAi(server, body(model, request), subject, signal)) {
        const { text, thought } = answer.add(part);
        if (text !== '' || thought !== '') yield { text, ...(thought !== '' && { thought }), end: null };
      }
    } catch (error) {
      // After the end of the answer, connection errors don't matter.
      if (!answer.isOver || signal.aborted) throw error;
    }
    const { calls, generated } = answer;
    yield {
      text: '',
      ...(calls.length > 0 && { calls }),
      ...(generated && { generated }),
      end: answer.end(subject),
    };
  }

  /** Sends a request, and a simpler one if the server rejects it. */
  async function* sendOrPlainer(
    request: ChatRequest,
    { refused, plainer, onRefusal }: Plainer,
    signal: AbortSignal,
  ): AsyncGenerator<ChatDelta, void> {
    let started = false;
    try {
      for await (const delta of send(request, signal)) {
        started = true;
        yield delta;
      }
      return;
    } catch (error) {
      if (started || !isRefusal(error, refused)) throw error;
    }
    for await (const delta of send(plainer, signal)) {
      onRefusal();
      yield delta;
    }
  }

  return {
    async *chat(request, signal) {
      const { schema, tools, ...plain } = request;
      if (schema !== undefined && !withoutSchema) {
        // The prompt also describes the format.
        const onRefusal = () => (withoutSchema = true);
        yield* sendOrPlainer(request, { refused: REFUSED, plainer: plain, onRefusal }, signal);
      } else if (tools !== undefined && !withoutTools) {
        const onRefusal = () => (withoutTools = true);
        yield* sendOrPlainer(
          { ...plain, tools },
          { refused: REFUSED_TOOLS, plainer: plain, onRefusal },
          signal,
        );
      } else {
        yield* send(plain, signal);
      }
    },
  };
}

/** Whether the server rejected the request without any more specific error. */
function isRefusal(error: unknown, statuses: readonly number[]): boolean {
  return (
    error instanceof NotesightError &&
    error.code === 'server_error' &&
    statuses.includes(Number(error.data['status']))
  );
}

function body(model: OpenAiModel, { messages, schema, tools, maxTokens }: ChatRequest): object {
  return {
    model: model.name,
    messages: messages.map(messageOf),
    ...(tools && { tools: tools.map(toolOf) }),
    stream: true,
    max_tokens: maxTokens,
    temperature: 0,
    seed: 1,
    // Reasoning is slow and may use up the tokens before the answer.
    ...(model.takesTemplateArguments && { chat_template_kwargs: { enable_thinking: false } }),
    ...(schema && {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    }),
  };
}

/** Images come first, so that servers can reuse the prompt prefix when the question changes. */
function messageOf({ role, content, images = [], calls, resultOf }: ChatMessage): object {
  const text = escapeImageMarks(content);
  if (calls !== undefined) {
    const sent = calls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(toolArguments(call)) },
    }));
    return { role, content: text, tool_calls: sent };
  }
  if (resultOf !== undefined) return { role, content: text, tool_call_id: resultOf.id };
  if (images.length === 0) return { role, content: text };
  return {
    role,
    content: [
      ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUri(image) } })),
      { type: 'text', text },
    ],
  };
}

function toolOf({ name, description, parameters }: Tool): object {
  return { type: 'function', function: { name, description, parameters } };
}

/** Images are always PNG or JPEG. */
function dataUri(image: Uint8Array): string {
  return `data:image/${image[0] === 0x89 ? 'png' : 'jpeg'};base64,${base64(image)}`;
}

/**
 * Builds of llama-server from 2025 read `<__media__>` in a message as an image placeholder. Source:
 * https://github.com/ggml-org/llama.cpp/blob/master/tools/mtmd/mtmd.h (mtmd_default_marker)
 */
function escapeImageMarks(text: string): string {
  return text.replaceAll('<__media__>', '< __media__>');
}
