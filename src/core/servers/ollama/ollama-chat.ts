import * as z from 'zod/mini';

import type {
  ChatDelta,
  ChatEnd,
  ChatMessage,
  ChatModel,
  ChatRequest,
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

/** A model of an Ollama server. */
export interface OllamaModel {
  readonly name: string;
  /** Tokens of context. It must not change from request to request, or the server loads the model anew. */
  readonly numCtx: number;
  /** How long it stays in memory after an answer: seconds or a duration such as `5m`; ten minutes where left out. */
  readonly keepAlive?: number | string;
}

/** Talks to a model of an Ollama server; the same question gets the same answer. */
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
          const { data: said } = Message.safeParse(message);
          const content = readContent(said?.content);
          const thought = readContent(said?.thinking).text || content.thought;
          const calls = callsOf(said?.tool_calls);
          const delta: ChatDelta = {
            text: content.text,
            ...(thought !== '' && { thought }),
            ...(calls.length > 0 && { calls }),
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
    // Left out, it would be true for a model that can think: slow, and with no answer in what is left of the tokens.
    think: false,
    // Otherwise the server drops the oldest messages with their images and says nothing.
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
/** Other servers with Ollama's API omit fields or set them to null. */
const Part = z.object({ message: unknown, done: unknown, done_reason: unknown });
const Message = z.object({ content: unknown, thinking: unknown, tool_calls: unknown });

const Calls = z.array(
  z.object({ function: z.object({ name: z.string(), arguments: z.nullish(z.unknown()) }) }),
);

/** The server has parsed the arguments; what the model wrote otherwise, it has taken for words. */
function callsOf(calls: unknown): ToolCall[] {
  const { success, data } = Calls.safeParse(calls);
  if (!success) return [];
  return data.map(({ function: { name, arguments: args } }) => ({
    name,
    arguments: JSON.stringify(args ?? {}).slice(0, MAX_ARGUMENTS + 1),
  }));
}

/** In a message, the server takes `[img` for the place of an image. */
function escapeImageMarks(text: string): string {
  return text.replaceAll('[img', '[ img');
}

function endOf(reason: unknown): ChatEnd {
  return reason === 'length' ? 'length' : 'done';
}
