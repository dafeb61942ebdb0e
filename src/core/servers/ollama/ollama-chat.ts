import * as z from 'zod/mini';

import type {
  ChatDelta,
  ChatEnd,
  ChatMessage,
  ChatModel,
  ChatRequest,
  Generated,
  Tool,
  ToolCall,
} from '../../model/chat-model.ts';
import { MAX_ARGUMENTS, toolArguments } from '../../model/tool-arguments.ts';
import { base64 } from '../../text/base64.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { readContent } from '../read-content.ts';
import { streamOllama } from './ollama-call.ts';
import { EndedWithoutDone } from './ollama-lines.ts';

const KEEP_ALIVE = '10m';

/** A model on an Ollama server. */
export interface OllamaModel {
  readonly name: string;
  /**
   * Tokens of context. Must be the same in every request, because the server reloads the model when it
   * changes.
   */
  readonly numCtx: number;
  /**
   * How long the model stays in memory after an answer: seconds or a duration such as `5m`; ten minutes by
   * default.
   */
  readonly keepAlive?: number | string;
}

/** Creates a chat with a model on an Ollama server. The same request returns the same answer. */
export function createOllamaChat(server: ModelServer, model: OllamaModel): ChatModel {
  const limits = { ...TIME_LIMITS, ...server.limits };
  const guard = {
    subject: { host: server.host, model: model.name },
    first: limits.firstToken,
    next: limits.nextToken,
  };
  return {
    async *chat(request, signal) {
      try {
        const parts = streamOllama(server, guard, signal, (client) => client.chat(body(model, request)));
        for await (const part of parts) {
          const { message, done, done_reason: reason } = Part.parse(part);
          const generated = done === true ? generatedIn(part) : null;
          const { data: fields } = Message.safeParse(message);
          const content = readContent(fields?.content);
          const thought = readContent(fields?.thinking).text || content.thought;
          const calls = callsOf(fields?.tool_calls);
          const delta: ChatDelta = {
            text: content.text,
            ...(thought !== '' && { thought }),
            ...(calls.length > 0 && { calls }),
            ...(generated && { generated }),
            end: done === true ? endOf(reason) : null,
          };
          yield delta;
        }
      } catch (error) {
        if (!(error instanceof EndedWithoutDone)) throw error;
        yield { text: '', end: 'cut' };
      }
    },
  };
}

function body(model: OllamaModel, { messages, schema, tools, maxTokens }: ChatRequest) {
  return {
    model: model.name,
    messages: messages.map(messageOf),
    ...(tools && { tools: tools.map(toolOf) }),
    stream: true as const,
    // Defaults to true for a reasoning model, which is slow and may use up the tokens before the answer.
    think: false,
    // Otherwise the server silently drops the oldest messages with their images.
    truncate: false,
    keep_alive: model.keepAlive ?? KEEP_ALIVE,
    ...(schema && { format: schema }),
    options: { num_ctx: model.numCtx, num_predict: maxTokens, temperature: 0, seed: 1 },
  };
}

function messageOf({ role, content, images, calls, resultOf }: ChatMessage) {
  return {
    role,
    content: escapeImageMarks(content),
    ...(images && { images: images.map(base64) }),
    ...(calls && {
      tool_calls: calls.map((call) => ({ function: { name: call.name, arguments: toolArguments(call) } })),
    }),
    ...(resultOf && { tool_name: resultOf.name }),
  };
}

function toolOf({ name, description, parameters }: Tool) {
  return { type: 'function', function: { name, description, parameters } };
}

const unknown = z.optional(z.unknown());
/** Other servers with the Ollama API omit fields or set them to null. */
const Part = z.object({ message: unknown, done: unknown, done_reason: unknown });
const Message = z.object({ content: unknown, thinking: unknown, tool_calls: unknown });

const Counts = z.object({ eval_count: z.number().check(z.positive()), eval_duration: unknown });

/** Source: https://docs.ollama.com/api/usage (`eval_duration` is in nanoseconds). */
function generatedIn(part: unknown): Generated | null {
  const { success, data } = Counts.safeParse(part);
  if (!success) return null;
  const { eval_count: tokens, eval_duration: duration } = data;
  return { tokens, milliseconds: typeof duration === 'number' && duration > 0 ? duration / 1e6 : null };
}

const Calls = z.array(
  z.object({ function: z.object({ name: z.string(), arguments: z.nullish(z.unknown()) }) }),
);

/** The server has parsed the arguments; malformed calls are part of the text. */
function callsOf(calls: unknown): ToolCall[] {
  const { success, data } = Calls.safeParse(calls);
  if (!success) return [];
  return data.map(({ function: { name, arguments: args } }) => ({
    name,
    arguments: JSON.stringify(args ?? {}).slice(0, MAX_ARGUMENTS + 1),
  }));
}

/** The server reads `[img` in a message as an image placeholder. */
function escapeImageMarks(text: string): string {
  return text.replaceAll('[img', '[ img');
}

function endOf(reason: unknown): ChatEnd {
  return reason === 'length' ? 'length' : 'done';
}
