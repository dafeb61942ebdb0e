import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { answerTokens } from './answer-tokens.ts';
import { type ChatCall, modelOf, parseChat, parseObject } from './chat-call.ts';
import { startLoopbackServer } from './loopback-server.ts';
import { oddChunks } from './odd-chunks.ts';
import type { PointingStyle } from './point-out.ts';
import { nested, Refusal } from './refusal.ts';

export type { ChatCall } from './chat-call.ts';

/** The behavior of a chat request. `after` counts tokens sent before. */
export type Behavior =
  | { readonly kind: 'answer'; readonly text: string }
  /** 503: a model must be loaded and the queue is full. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'error'; readonly status: number; readonly error: string }
  /** A status without an Ollama body, as from a proxy. */
  | { readonly kind: 'raw'; readonly status: number; readonly type: string; readonly body: string }
  /** The child process dies: the last line is an error. */
  | { readonly kind: 'crash'; readonly after: number }
  /** The stream ends without a line with `done`. */
  | { readonly kind: 'eof'; readonly after: number }
  /** The connection is reset. */
  | { readonly kind: 'drop'; readonly after: number }
  /** The same text repeatedly, until num_predict. */
  | { readonly kind: 'loop'; readonly before: string; readonly words: string }
  /** No response, not even headers. */
  | { readonly kind: 'hang' }
  /** Some tokens, then nothing. */
  | { readonly kind: 'stall'; readonly after: number };

export interface FakeModel {
  readonly name: string;
  /** completion and vision if omitted. */
  readonly capabilities?: readonly string[];
  readonly sizeBytes?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly modelInfo?: Readonly<Record<string, unknown>>;
  readonly projectorInfo?: Readonly<Record<string, unknown>>;
  readonly remote?: { readonly model: string; readonly host: string };
  /** Whether the prompt is rendered by Ollama (most library models) or by llama-server; errors differ. */
  readonly path?: 'rendered' | 'native';
  /** Tokens per image; 256 if omitted. */
  readonly imageTokens?: (image: Buffer) => number;
  /** The answer: text, or a `Calling` of tools, or a value that is sent as JSON, or a promise of one. */
  readonly answer?: (call: ChatCall) => unknown;
  /** How it returns positions when asked for a list of boxes. */
  readonly points?: PointingStyle;
  /** The vector of a text, for a model whose capabilities are `embedding`. */
  readonly embed?: (text: string) => readonly number[];
  /** The behavior of the next requests, one each; then `always`, then the default. */
  readonly script?: readonly Behavior[];
  readonly always?: Behavior | ((call: ChatCall) => Behavior | undefined);
}

export interface FakeOllamaOptions {
  readonly models?: readonly FakeModel[];
  readonly port?: number;
  /** Milliseconds before the first token, as for loading and encoding the image. Headers are sent with it. */
  readonly delay?: number;
  /** Answers are sent only after this resolves. */
  readonly hold?: Promise<unknown>;
  /** Milliseconds between tokens. */
  readonly tokenDelay?: number;
  /** Where capabilities are reported: /api/tags has them since 0.30, /api/show since 0.6.4; none before that. */
  readonly capabilitiesIn?: 'tags' | 'show' | 'none';
  /** Names of the models loaded at startup. */
  readonly loaded?: readonly string[];
  /** The number of concurrent requests per loaded model (OLLAMA_NUM_PARALLEL). */
  readonly parallel?: number;
  /** Models that can be pulled, with their layers in bytes. */
  readonly library?: readonly { readonly model: FakeModel; readonly layers: readonly number[] }[];
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The chat request, if it reached the model. */
  call: ChatCall | null;
  /** Whether the client received the whole answer or disconnected early. */
  readonly ended: Promise<'finished' | 'disconnected'>;
}

export interface FakeOllama {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** The chat requests that reached a model. */
  readonly chats: readonly ChatCall[];
  /** Chat requests in flight: the current and the maximum number. */
  readonly concurrency: { readonly now: number; readonly max: number };
  /** The behavior of the next chat requests, whatever the model. */
  next(...behaviors: Behavior[]): void;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Approximate for ordinary text; llama.cpp's count depends on the model. */
const CHARACTERS_PER_TOKEN = 4;
const MIN_VISION_CONTEXT = 2048;
const DEFAULT_CONTEXT = 4096;
const CRASH = 'an error was encountered while running the model: unexpected EOF';
const ALLOWED_ORIGIN =
  /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?|(?:app|file|tauri|vscode-webview|vscode-file):\/\/.*)$/;
const ALLOWED_HOST = /^(?:localhost|[\w.-]*\.(?:localhost|local|internal))$/;
const PRIVATE_ADDRESS =
  /^(?:127|10)\.\d+\.\d+\.\d+$|^192\.168\.\d+\.\d+$|^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/;
const ALLOWED_HEADERS =
  'Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,X-Stainless-Arch,X-Stainless-Async,' +
  'X-Stainless-Custom-Poll-Interval,X-Stainless-Helper-Method,X-Stainless-Lang,X-Stainless-Os,' +
  'X-Stainless-Package-Version,X-Stainless-Poll-Helper,X-Stainless-Retry-Count,X-Stainless-Runtime,' +
  'X-Stainless-Runtime-Version,X-Stainless-Timeout';

/** A server on loopback that answers as recorded from Ollama 0.33, including errors and quirks. */
export async function startFakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const models = new Map((options.models ?? []).map((model) => [fullName(model.name), model]));
  const scripts = new Map([...models].map(([name, model]) => [name, [...(model.script ?? [])]]));
  const loaded = new Map((options.loaded ?? []).map((name) => [fullName(name), DEFAULT_CONTEXT]));
  const queues = new Map<string, { running: number; readonly waiting: (() => void)[] }>();
  const script: Behavior[] = [];
  const seen: SeenRequest[] = [];
  const concurrency = { now: 0, max: 0 };
  const capabilitiesIn = options.capabilitiesIn ?? 'tags';

  const find = (name: string, words: string): FakeModel => {
    const model = models.get(fullName(name));
    if (!model) throw new Refusal(404, words);
    return model;
  };
  const summary = (model: FakeModel): Record<string, unknown> => ({
    name: fullName(model.name),
    model: fullName(model.name),
    size: model.sizeBytes ?? 4_907_334,
    digest: createHash('sha256').update(model.name).digest('hex'),
    details: { parent_model: '', format: 'gguf', ...model.details },
    ...(model.remote && { remote_model: model.remote.model, remote_host: model.remote.host }),
  });

  async function chat(response: ServerResponse, entry: SeenRequest): Promise<void> {
    const call = parseChat(entry.body);
    const model = find(call.model, `model '${call.model}' not found`);
    const name = fullName(model.name);
    if (call.think !== undefined && call.think !== false && !capabilities(model).includes('thinking')) {
      throw new Refusal(400, `"${call.model}" does not support thinking`);
    }
    if (call.tools.length > 0 && !capabilities(model).includes('tools')) {
      throw new Refusal(400, `registry.ollama.ai/library/${name} does not support tools`);
    }
    if (call.messages.length === 0) {
      loaded.set(name, contextOf(model, call));
      json(response, 200, {
        model: call.model,
        created_at: new Date().toISOString(),
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'load',
      });
      return;
    }
    if (model.remote)
      throw new Refusal(401, 'unauthorized', { signin_url: 'https://ollama.com/connect?name=fake' });
    const { always } = model;
    const behavior =
      script.shift() ?? scripts.get(name)?.shift() ?? (typeof always === 'function' ? always(call) : always);
    if (behavior?.kind === 'busy') {
      throw new Refusal(503, 'server busy, please try again.  maximum pending requests exceeded');
    }
    entry.call = call;
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    concurrency.now++;
    concurrency.max = Math.max(concurrency.max, concurrency.now);
    const release = await takeTurn(name);
    try {
      if (gone.signal.aborted) return;
      await run(model, call, behavior, response, gone.signal);
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    } finally {
      concurrency.now--;
      release();
    }
  }

  /** Requests to one model are queued. */
  async function takeTurn(name: string): Promise<() => void> {
    const queue = queues.get(name) ?? { running: 0, waiting: [] };
    queues.set(name, queue);
    if (queue.running >= (options.parallel ?? 1)) {
      await new Promise<void>((resolve) => queue.waiting.push(resolve));
    }
    queue.running++;
    return () => {
      queue.running--;
      queue.waiting.shift()?.();
    };
  }

  async function run(
    model: FakeModel,
    call: ChatCall,
    behavior: Behavior | undefined,
    response: ServerResponse,
    gone: AbortSignal,
  ): Promise<void> {
    if (behavior?.kind === 'hang') await untilAborted(gone);
    if (behavior?.kind === 'error') throw new Refusal(behavior.status, behavior.error);
    if (behavior?.kind === 'raw') {
      response.writeHead(behavior.status, { 'Content-Type': behavior.type });
      response.end(behavior.body);
      return;
    }
    const rendered = model.path !== 'native';
    const context = contextOf(model, call);
    loaded.set(fullName(model.name), context);
    if (call.images.length > 0) {
      if (!capabilities(model).includes('vision')) {
        throw rendered
          ? nested(
              400,
              'Multimodal data provided, but model does not support multimodal requests.',
              'invalid_request_error',
            )
          : nested(
              500,
              'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
              'server_error',
            );
      }
      if (!call.images.every(isDecodable)) {
        throw nested(400, 'Failed to load image or audio file', 'invalid_request_error');
      }
    }
    const promptTokens =
      Math.ceil(call.text.length / CHARACTERS_PER_TOKEN) +
      call.images.reduce((sum, image) => sum + (model.imageTokens?.(image) ?? 256), 0);
    if (promptTokens > context) {
      throw nested(
        400,
        `request (${promptTokens} tokens) exceeds the available context size (${context} tokens), try increasing it`,
        'exceed_context_size_error',
        { n_prompt_tokens: promptTokens, n_ctx: context },
      );
    }
    if (options.hold) await Promise.race([options.hold, untilAborted(gone)]);
    if (options.delay) await sleep(options.delay, undefined, { signal: gone });

    const limit = Math.min(limitOf(call), context - promptTokens);
    const { tokens, calls, reason } = await answerTokens(model, call, behavior, limit, rendered);
    const total = { start: process.hrtime.bigint(), promptTokens, count: tokens.length };
    const head = { model: call.model };
    // The server can't parse anything that is not an object, and treats it as text.
    const toolCalls = calls.map(({ name, arguments: args }, index) => ({
      id: `call_${createHash('sha256').update(`${name}${index}`).digest('hex').slice(0, 8)}`,
      function: { index, name, arguments: args },
    }));
    const cutAfter = behavior && 'after' in behavior ? behavior.after : tokens.length;

    if (!call.stream) {
      if (behavior?.kind === 'crash') {
        throw new Refusal(500, CRASH);
      }
      if (behavior?.kind === 'stall') await untilAborted(gone);
      const content = tokens.slice(0, cutAfter).join('');
      const whole = reason !== null && behavior?.kind !== 'eof';
      json(response, 200, {
        ...head,
        created_at: new Date().toISOString(),
        message: { role: 'assistant', content, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) },
        ...(whole ? { done: true, done_reason: reason, ...statistics(total) } : { done: false }),
      });
      return;
    }

    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    const chunks = oddChunks(response);
    for (const content of tokens.slice(0, cutAfter)) {
      const line = {
        ...head,
        created_at: new Date().toISOString(),
        message: { role: 'assistant', content },
        done: false,
      };
      await chunks.write(`${JSON.stringify(line)}\n`);
      if (options.tokenDelay) await sleep(options.tokenDelay, undefined, { signal: gone });
      if (gone.aborted) return;
    }
    for (const toolCall of toolCalls) {
      const line = {
        ...head,
        created_at: new Date().toISOString(),
        message: { role: 'assistant', content: '', tool_calls: [toolCall] },
        done: false,
      };
      await chunks.write(`${JSON.stringify(line)}\n`);
    }
    if (behavior?.kind === 'stall') await untilAborted(gone);
    if (behavior?.kind === 'drop') {
      response.destroy();
      return;
    }
    if (behavior?.kind === 'crash') {
      await chunks.write(`${JSON.stringify({ error: CRASH })}\n`);
    } else if (reason !== null && behavior?.kind !== 'eof') {
      const line = {
        ...head,
        created_at: new Date().toISOString(),
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: reason,
        ...statistics(total),
      };
      await chunks.write(`${JSON.stringify(line)}\n`);
    }
    response.end();
  }

  async function pull(response: ServerResponse, body: string): Promise<void> {
    const request = parseObject(body);
    const name = modelOf(request);
    const found = options.library?.find(({ model }) => fullName(model.name) === fullName(name));
    if (!found) {
      const [repository = name, tag = 'latest'] = name.split(':');
      const error =
        `pull model manifest: Get "https://registry.ollama.ai/v2/library/${repository}/manifests/${tag}": ` +
        'dial tcp: lookup registry.ollama.ai on 127.0.0.1:53: no such host';
      if (request['stream'] === false) throw new Refusal(500, error);
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.end(`{"status":"pulling manifest"}\n${JSON.stringify({ error })}\n`);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    const chunks = oddChunks(response);
    const say = (line: Record<string, unknown>): Promise<void> => chunks.write(`${JSON.stringify(line)}\n`);
    await say({ status: 'pulling manifest' });
    const layers = found.layers.map((total, index) => {
      const hex = createHash('sha256').update(`${name} ${index}`).digest('hex');
      return { status: `pulling ${hex.slice(0, 12)}`, digest: `sha256:${hex}`, total };
    });
    for (const part of [0, 0.25, 0.6, 1]) {
      for (const layer of layers) {
        // A layer's first line reports no progress yet.
        await say(part === 0 ? layer : { ...layer, completed: Math.round(layer.total * part) });
        if (options.tokenDelay) await sleep(options.tokenDelay);
        if (response.destroyed) return;
      }
    }
    for (const status of ['verifying sha256 digest', 'writing manifest']) await say({ status });
    models.set(fullName(found.model.name), found.model);
    await say({ status: 'success' });
    response.end();
  }

  function show(body: string): Record<string, unknown> {
    const name = modelOf(parseObject(body));
    const model = find(name, `model '${fullName(name)}' not found`);
    return {
      modelfile: '',
      parameters: '',
      template: '{{ .Prompt }}',
      details: { parent_model: '', format: 'gguf', ...model.details },
      model_info: model.modelInfo ?? {},
      ...(model.projectorInfo && { projector_info: model.projectorInfo }),
      ...(model.remote && { remote_model: model.remote.model, remote_host: model.remote.host }),
      ...(capabilitiesIn !== 'none' && { capabilities: capabilities(model) }),
      modified_at: '2026-11-23T15:40:00Z',
    };
  }

  async function route(response: ServerResponse, entry: SeenRequest): Promise<void> {
    const { method, path, body } = entry;
    const read = method === 'GET' || method === 'HEAD';
    if (path === '/' && read) {
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('Ollama is running');
    } else if (path === '/api/version' && read) {
      json(response, 200, { version: '0.33.0' });
    } else if (path === '/api/tags' && read) {
      const list = [...models.values()].map((model) => ({
        ...summary(model),
        modified_at: '2026-11-23T15:40:00Z',
        ...(capabilitiesIn === 'tags' && { capabilities: capabilities(model) }),
      }));
      json(response, 200, { models: list });
    } else if (path === '/api/ps' && read) {
      const list = [...loaded].flatMap(([name, contextLength]) => {
        const model = models.get(name);
        const expires = '2026-11-23T15:47:33.178933582Z';
        return model
          ? [{ ...summary(model), expires_at: expires, size_vram: 0, context_length: contextLength }]
          : [];
      });
      json(response, 200, { models: list });
    } else if (path === '/api/show' && method === 'POST') {
      json(response, 200, show(body));
    } else if (path === '/api/chat' && method === 'POST') {
      await chat(response, entry);
    } else if (path === '/api/embed' && method === 'POST') {
      json(response, 200, embed(body));
    } else if (path === '/api/generate' && method === 'POST') {
      preload(response, body);
    } else if (path === '/api/pull' && method === 'POST') {
      await pull(response, body);
    } else {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('404 page not found');
    }
  }

  function embed(body: string): Record<string, unknown> {
    const request = parseObject(body);
    const name = modelOf(request);
    const model = find(name, `model "${name}" not found, try pulling it first`);
    if (!capabilities(model).includes('embedding')) {
      throw new Refusal(501, 'This server does not support embeddings. Start it with `--embeddings`');
    }
    const { input } = request;
    const texts = (Array.isArray(input) ? input : [input]).map(String);
    loaded.set(fullName(model.name), DEFAULT_CONTEXT);
    return { model: name, embeddings: texts.map((text) => unit(model.embed?.(text) ?? [1])) };
  }

  /** An empty prompt loads or unloads the model; nothing else of /api/generate is used. */
  function preload(response: ServerResponse, body: string): void {
    const request = parseObject(body);
    const name = modelOf(request);
    const model = find(name, `model '${name}' not found`);
    const unload = request['keep_alive'] === 0;
    if (unload) loaded.delete(fullName(model.name));
    else loaded.set(fullName(model.name), DEFAULT_CONTEXT);
    json(response, 200, {
      model: name,
      created_at: new Date().toISOString(),
      response: '',
      done: true,
      done_reason: unload ? 'unload' : 'load',
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ended = new Promise<'finished' | 'disconnected'>((resolve) => {
      response.once('close', () => {
        resolve(response.writableFinished ? 'finished' : 'disconnected');
      });
    });
    const { origin, host } = request.headers;
    if (origin !== undefined) {
      if (!ALLOWED_ORIGIN.test(origin)) {
        empty(response, 403);
        return;
      }
      response.setHeader('Access-Control-Allow-Origin', origin);
      if (request.method === 'OPTIONS') {
        response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
        response.setHeader('Access-Control-Allow-Methods', 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS');
        response.setHeader('Access-Control-Max-Age', '43200');
        response.setHeader('Vary', [
          'Origin',
          'Access-Control-Request-Method',
          'Access-Control-Request-Headers',
        ]);
        empty(response, 204);
        return;
      }
    }
    const hostname = (host ?? '').replace(/:\d+$/, '');
    if (!ALLOWED_HOST.test(hostname) && !PRIVATE_ADDRESS.test(hostname)) {
      empty(response, 403);
      return;
    }

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
    seen.push(entry);
    try {
      await route(response, entry);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { stream } = entry.call ?? { stream: false };
      json(response, error.status, { error: error.message, ...error.more }, stream);
    }
  }

  const { url, port, close } = await startLoopbackServer(answer, options.port);
  return {
    url,
    port,
    seen,
    get chats() {
      return seen.flatMap(({ call }) => (call ? [call] : []));
    },
    concurrency,
    next: (...behaviors) => {
      script.push(...behaviors);
    },
    close,
  };
}

function fullName(name: string): string {
  return name.includes(':') ? name : `${name}:latest`;
}

function capabilities(model: FakeModel): readonly string[] {
  return model.capabilities ?? ['completion', 'vision'];
}

function contextOf(model: FakeModel, call: ChatCall): number {
  const asked = call.options['num_ctx'];
  const trained = Object.entries(model.modelInfo ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
  const wanted = Math.max(MIN_VISION_CONTEXT, typeof asked === 'number' ? asked : DEFAULT_CONTEXT);
  return typeof trained === 'number' ? Math.min(wanted, trained) : wanted;
}

/** Ollama returns vectors of length 1. */
function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function statistics(total: { start: bigint; promptTokens: number; count: number }): Record<string, number> {
  const elapsed = Number(process.hrtime.bigint() - total.start);
  return {
    total_duration: elapsed,
    load_duration: 1_026_591,
    prompt_eval_count: total.promptTokens,
    prompt_eval_duration: 63_180_000,
    eval_count: total.count,
    eval_duration: elapsed,
  };
}

/** Whether the server can decode the format, judged by its first bytes. */
function isDecodable(image: Buffer): boolean {
  const ascii = image.toString('latin1', 0, 12);
  return (
    ascii.startsWith('\x89PNG\r\n\x1a\n') ||
    ascii.startsWith('\xff\xd8\xff') ||
    /^GIF8[79]a/.test(ascii) ||
    ascii.startsWith('BM') ||
    /^RIFF[^]{4}WEBP/.test(ascii)
  );
}

function json(response: ServerResponse, status: number, value: unknown, chunked = false): void {
  const body = JSON.stringify(value);
  response.writeHead(
    status,
    chunked
      ? { 'Content-Type': 'application/json' }
      : { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(body) },
  );
  if (chunked) response.write(body);
  response.end(chunked ? undefined : body);
}

function empty(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
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

function limitOf(call: ChatCall): number {
  const limit = call.options['num_predict'];
  return typeof limit === 'number' && limit >= 0 ? limit : Infinity;
}
