import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { answerTokens } from './answer-tokens.ts';
import type { ChatCall } from './chat-call.ts';
import type { SeenRequest } from './fake-ollama.ts';
import { isObject } from './is-object.ts';
import { startLoopbackServer } from './loopback-server.ts';
import { oddChunks } from './odd-chunks.ts';
import { isImage, parseOpenAiChat } from './openai-chat-call.ts';
import { OpenAiRefusal } from './openai-refusal.ts';

/** The behavior of a chat request. `after` counts tokens sent before. */
export type OpenAiBehavior =
  /** Any response, as from another server or a gateway. */
  | { readonly kind: 'raw'; readonly status: number; readonly type: string; readonly body: string }
  /** An event with an error, then the end. */
  | { readonly kind: 'error-event'; readonly after: number; readonly event: string }
  /** The stream ends without a reason and without `[DONE]`. */
  | { readonly kind: 'eof'; readonly after: number }
  /** The answer is whole but `[DONE]` is missing. */
  | { readonly kind: 'no-done' }
  /** The answer is whole and the connection is reset before `[DONE]`. */
  | { readonly kind: 'late-drop' }
  /** The connection is reset. */
  | { readonly kind: 'drop'; readonly after: number }
  /** No response, not even headers. */
  | { readonly kind: 'hang' }
  /** Some tokens, then nothing. */
  | { readonly kind: 'stall'; readonly after: number };

export interface FakeOpenAiModel {
  readonly name: string;
  /** False for a text-only model. */
  readonly sees?: boolean;
  /** Tokens; 8192 if omitted. */
  readonly contextLength?: number;
  /** The answer: text, or a `Calling` of tools, or a value that is sent as JSON, or a promise of one. */
  readonly answer?: (call: ChatCall) => unknown;
  /** The vector of a text, for an embedding model. */
  readonly embed?: (text: string) => readonly number[];
}

export interface FakeOpenAiOptions {
  readonly models: readonly FakeOpenAiModel[];
  /**
   * How much the server reports: everything, like llama-server; the context but not image support, like vLLM; or only
   * names, like LM Studio and most gateways.
   */
  readonly tells?: 'all' | 'context' | 'names';
  /** Rejects requests without this key. */
  readonly key?: string;
  /** Answers 400 to a schema. */
  readonly refusesSchema?: boolean;
  /** Rejects tools: 400 like vLLM without a tool parser, 500 like llama-server without `--jinja`. */
  readonly refusesTools?: 400 | 500;
  /** Milliseconds between tokens. */
  readonly tokenDelay?: number;
  /** Whether pages of other origins may read the responses; llama-server allows it, LM Studio does not by default. */
  readonly origins?: 'all' | 'none';
}

export interface FakeOpenAi {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The chat requests that reached a model. */
  readonly chats: readonly ChatCall[];
  /** The behavior of the next chat requests. */
  next(...behaviors: OpenAiBehavior[]): void;
  close(): Promise<void>;
}

const DEFAULT_CONTEXT = 8192;
const IMAGE_TOKENS = 64;
const CHARACTERS_PER_TOKEN = 4;

/** A server on loopback that answers as recorded from llama-server b11669 (test/fixtures/llama-server.json). */
export async function startFakeOpenAi(options: FakeOpenAiOptions): Promise<FakeOpenAi> {
  const { models, tells = 'all' } = options;
  const script: OpenAiBehavior[] = [];
  const seen: SeenRequest[] = [];
  /** Prompts processed before, for the cache. */
  const prompts: string[] = [];

  /** A server with a single model accepts any name. */
  const find = (name: string): FakeOpenAiModel => {
    const model = models.find((one) => one.name === name) ?? (tells === 'all' ? models[0] : undefined);
    if (model !== undefined) return model;
    throw new OpenAiRefusal(404, `The model \`${name}\` does not exist.`, 'NotFoundError');
  };

  function list(): unknown {
    const contextOf = (model: FakeOpenAiModel): number => model.contextLength ?? DEFAULT_CONTEXT;
    return {
      ...(tells === 'all' && {
        models: models.map((model) => ({
          name: model.name,
          model: model.name,
          capabilities: capabilities(model),
        })),
      }),
      object: 'list',
      data: models.map((model) => ({
        id: model.name,
        object: 'model',
        created: 1_795_620_220,
        owned_by: { all: 'llamacpp', context: 'vllm', names: 'organization_owner' }[tells],
        ...(tells === 'all' && {
          aliases: [model.name],
          tags: [],
          architecture: {
            input_modalities: sees(model) ? ['text', 'image', 'video'] : ['text'],
            output_modalities: ['text'],
          },
          meta: { n_ctx: contextOf(model), n_ctx_train: 32_768, size: 276_736 },
        }),
        ...(tells === 'context' && { max_model_len: contextOf(model) }),
      })),
    };
  }

  async function chat(response: ServerResponse, entry: SeenRequest): Promise<void> {
    const call = parseOpenAiChat(entry.body);
    const model = find(call.model);
    const behavior = script.shift();
    if (behavior?.kind === 'raw') {
      response.writeHead(behavior.status, { 'Content-Type': behavior.type }).end(behavior.body);
      return;
    }
    if (isObject(call.format) && options.refusesSchema === true) {
      throw new OpenAiRefusal(400, "'response_format.type' must be 'text'", 'invalid_request_error');
    }
    if (call.tools.length > 0 && options.refusesTools === 400) {
      const words = '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set';
      throw new OpenAiRefusal(400, words, 'BadRequestError');
    }
    if (call.tools.length > 0 && options.refusesTools === 500) {
      throw new OpenAiRefusal(500, 'tools param requires --jinja flag', 'server_error');
    }
    if (call.images.length > 0 && !sees(model)) {
      throw new OpenAiRefusal(
        500,
        'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
        'server_error',
      );
    }
    if (!call.images.every(isImage)) {
      throw new OpenAiRefusal(400, 'Failed to load image or audio file', 'invalid_request_error');
    }
    entry.call = call;
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    try {
      await run(model, call, behavior, response, gone.signal);
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    }
  }

  async function run(
    model: FakeOpenAiModel,
    call: ChatCall,
    behavior: OpenAiBehavior | undefined,
    response: ServerResponse,
    gone: AbortSignal,
  ): Promise<void> {
    if (behavior?.kind === 'hang') await untilAborted(gone);
    const context = model.contextLength ?? DEFAULT_CONTEXT;
    const prompt = promptOf(call);
    const promptTokens = Math.ceil(prompt.length / CHARACTERS_PER_TOKEN);
    if (promptTokens > context) {
      throw new OpenAiRefusal(
        400,
        `request (${promptTokens} tokens) exceeds the available context size (${context} tokens), try increasing it`,
        'exceed_context_size_error',
        { n_prompt_tokens: promptTokens, n_ctx: context },
      );
    }
    const cached = Math.floor(
      Math.max(0, ...prompts.map((known) => commonBeginning(known, prompt))) / CHARACTERS_PER_TOKEN,
    );
    prompts.push(prompt);
    const asked = call.options['max_tokens'];
    const limit = Math.min(typeof asked === 'number' ? asked : Infinity, context - promptTokens);
    const {
      tokens,
      calls,
      reason: ended,
    } = await answerTokens(
      { name: model.name, ...(model.answer && { answer: model.answer }) },
      call,
      undefined,
      limit,
      false,
    );
    const reason = calls.length > 0 ? 'tool_calls' : ended;
    const timings = {
      cache_n: cached,
      prompt_n: promptTokens - cached,
      predicted_n: tokens.length,
      predicted_ms: 10 * tokens.length,
    };
    const head = {
      created: 1_795_620_301,
      id: `chatcmpl-${createHash('sha256').update(prompt).digest('hex').slice(0, 32)}`,
      model: model.name,
      system_fingerprint: 'b11669-Debian',
    };
    if (!call.stream) {
      const message = { role: 'assistant', content: tokens.join('') };
      const usage = {
        completion_tokens: tokens.length,
        prompt_tokens: promptTokens,
        total_tokens: promptTokens + tokens.length,
        prompt_tokens_details: { cached_tokens: cached },
      };
      json(response, 200, {
        choices: [{ finish_reason: reason, index: 0, message }],
        ...head,
        object: 'chat.completion',
        usage,
        timings,
      });
      return;
    }

    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const chunks = oddChunks(response);
    const send = (delta: object, finish: string | null, more: object = {}): Promise<void> => {
      const choices = [{ finish_reason: finish, index: 0, delta }];
      const event = { choices, ...head, object: 'chat.completion.chunk', ...more };
      return chunks.write(`data: ${JSON.stringify(event)}\n\n`);
    };
    await send({ role: 'assistant', content: null }, null);
    const until = behavior !== undefined && 'after' in behavior ? behavior.after : tokens.length;
    for (const content of tokens.slice(0, until)) {
      await send({ content }, null);
      if (options.tokenDelay) await sleep(options.tokenDelay, undefined, { signal: gone });
      if (gone.aborted) return;
    }
    for (const [index, { name, arguments: args }] of calls.entries()) {
      const text = typeof args === 'string' ? args : JSON.stringify(args);
      const id = createHash('sha256').update(`${name}${index}`).digest('base64').slice(0, 32);
      await send({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }, null);
      const step = Math.max(7, Math.ceil(text.length / 100));
      for (let from = 0; from < text.length; from += step) {
        const piece = { arguments: text.slice(from, from + step) };
        await send({ tool_calls: [{ index, function: piece }] }, null);
      }
    }
    if (behavior?.kind === 'stall') await untilAborted(gone);
    if (behavior?.kind === 'drop') {
      response.destroy();
      return;
    }
    if (behavior?.kind === 'error-event') await chunks.write(`${behavior.event}\n\n`);
    else if (behavior?.kind !== 'eof') {
      await send({}, reason, { timings });
      if (behavior?.kind === 'late-drop') {
        // Data still in transit would be lost with the connection.
        await sleep(50);
        response.destroy();
        return;
      }
      if (behavior?.kind !== 'no-done') await chunks.write('data: [DONE]\n\n');
    }
    response.end();
  }

  async function route(response: ServerResponse, entry: SeenRequest): Promise<void> {
    const { method, path } = entry;
    if (options.key !== undefined && entry.headers.authorization !== `Bearer ${options.key}`) {
      throw new OpenAiRefusal(401, 'Invalid API Key', 'authentication_error');
    }
    if (method === 'GET' && path === '/v1/models') json(response, 200, list());
    else if (method === 'GET' && path === '/props' && tells === 'all') {
      const [model] = models;
      json(response, 200, {
        default_generation_settings: { n_ctx: model?.contextLength ?? DEFAULT_CONTEXT },
        modalities: {
          vision: model !== undefined && sees(model),
          video: model !== undefined && sees(model),
          audio: false,
        },
      });
    } else if (method === 'POST' && path === '/v1/chat/completions') await chat(response, entry);
    else if (method === 'POST' && path === '/v1/embeddings') embed(response, entry);
    else if (tells === 'names')
      json(response, 200, { error: `Unexpected endpoint or method. (${method} ${path})` });
    else throw new OpenAiRefusal(404, 'File Not Found', 'not_found_error');
  }

  function embed(response: ServerResponse, { body }: SeenRequest): void {
    const request: unknown = JSON.parse(body);
    if (!isObject(request)) throw new OpenAiRefusal(400, 'no object', 'invalid_request_error');
    const { embed: vector } = find(String(request['model']));
    if (vector === undefined) {
      const words = 'This server does not support embeddings. Start it with `--embeddings`';
      throw new OpenAiRefusal(501, words, 'not_supported_error');
    }
    const texts = Array.isArray(request['input']) ? request['input'].map(String) : [];
    const data = texts.map((text, index) => ({ index, object: 'embedding', embedding: vector(text) }));
    // The order is not guaranteed.
    json(response, 200, { object: 'list', data: data.reverse() });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ended = new Promise<'finished' | 'disconnected'>((resolve) => {
      response.once('close', () => {
        resolve(response.writableFinished ? 'finished' : 'disconnected');
      });
    });
    const parts: Buffer[] = [];
    for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
    const entry: SeenRequest = {
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://fake').pathname,
      headers: request.headers,
      body: Buffer.concat(parts).toString('utf8'),
      call: null,
      ended,
    };
    if (options.origins !== 'none' && request.headers.origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
      if (entry.method === 'OPTIONS') {
        // Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server-http.cpp
        response
          .setHeader('Access-Control-Allow-Methods', 'GET, POST')
          .setHeader('Access-Control-Allow-Headers', '*')
          .end();
        return;
      }
    }
    seen.push(entry);
    try {
      await route(response, entry);
    } catch (error) {
      if (!(error instanceof OpenAiRefusal)) throw error;
      json(response, error.status, error.body);
    }
  }

  const { url, close } = await startLoopbackServer(answer);
  return {
    url,
    seen,
    get chats() {
      return seen.flatMap(({ call }) => (call ? [call] : []));
    },
    next: (...behaviors) => {
      script.push(...behaviors);
    },
    close,
  };
}

function sees(model: FakeOpenAiModel): boolean {
  return model.sees ?? model.embed === undefined;
}

function capabilities(model: FakeOpenAiModel): string[] {
  if (model.embed !== undefined) return ['embedding'];
  return sees(model) ? ['completion', 'multimodal'] : ['completion'];
}

/** A whole prompt as text, with each image as the hash of its bytes, repeated for its tokens. */
function promptOf({ messages }: ChatCall): string {
  return messages
    .map(({ role, content, images }) => {
      const marks = images.map((image) =>
        createHash('sha256')
          .update(image)
          .digest('hex')
          .repeat(IMAGE_TOKENS)
          .slice(0, IMAGE_TOKENS * CHARACTERS_PER_TOKEN),
      );
      return `${role} ${marks.join('')}${content}`;
    })
    .join('\n');
}

function commonBeginning(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(new Error('The client went away.'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
