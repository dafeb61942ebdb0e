import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import type { Fetch } from '../core/ports.ts';

/** Milliseconds to establish a connection; the caller limits the time of the response. */
const CONNECT_LIMIT = 10_000;

/** Statuses whose responses have no body. Source: https://fetch.spec.whatwg.org/#null-body-status */
const NULL_BODY = [204, 205, 304];

/**
 * `fetch` without time limits for the headers and between chunks of the body. Node's own gives up after 300 seconds,
 * but a model may take longer to load and respond. Source: https://undici.nodejs.org/#/docs/api/Client
 * (headersTimeout, bodyTimeout). The request body is sent as a whole; redirects are not followed; failures are
 * TypeErrors with a cause.
 */
export const nodeFetch: Fetch = async (input, init) => {
  const request = new Request(input, init);
  // The signal of the Request holds only a weak reference to this one.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
  signal?.throwIfAborted();
  const url = new URL(request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError('fetch failed', { cause: new Error(`unknown scheme ${url.protocol}`) });
  }
  const body = Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  if (body.length > 0) headers['content-length'] = String(body.length);

  return new Promise<Response>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // One connection per request: the server may close a kept-alive connection just when it is reused.
    const outgoing = send(url, { method: request.method, headers, agent: false });
    let incoming: IncomingMessage | null = null;
    const abort = (): void => {
      const reason: unknown = signal?.reason;
      (incoming ?? outgoing).destroy(reason instanceof Error ? reason : new Error(String(reason)));
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    const connecting = setTimeout(() => {
      outgoing.destroy(new Error(`No connection to ${url.host} within ${CONNECT_LIMIT} ms.`));
    }, CONNECT_LIMIT);
    outgoing.once('socket', (socket) => {
      socket.once('connect', () => {
        clearTimeout(connecting);
      });
    });
    outgoing.once('close', () => {
      clearTimeout(connecting);
      signal?.removeEventListener('abort', abort);
    });
    outgoing.on('error', (cause) => {
      reject(new TypeError('fetch failed', { cause }));
    });
    outgoing.once('response', (message) => {
      incoming = message;
      resolve(responseOf(message, signal));
    });
    outgoing.end(body);
  });
};

function responseOf(message: IncomingMessage, signal: AbortSignal | null): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const withoutBody = NULL_BODY.includes(status);
  if (withoutBody) message.resume();
  return new Response(withoutBody ? null : bodyOf(message, signal), {
    status,
    statusText: message.statusMessage ?? '',
    headers,
  });
}

/** Compression is never requested, but some proxies compress every response. */
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function decoded(message: IncomingMessage): Readable {
  const decoder = DECODERS[message.headers['content-encoding']?.trim().toLowerCase() ?? ''];
  // The reader of the body gets the error from the iterator.
  return decoder === undefined ? message : pipeline(message, decoder(), () => undefined);
}

/** Reads from the connection only on demand; cancelling closes the connection. */
function bodyOf(message: IncomingMessage, signal: AbortSignal | null): ReadableStream<Uint8Array> {
  // The connection may fail when nothing is reading; the next read gets the error from the iterator.
  message.on('error', () => undefined);
  const pieces: AsyncIterator<unknown> = decoded(message)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await pieces.next().catch((cause: unknown) => {
        throw signal?.aborted === true ? signal.reason : new TypeError('terminated', { cause });
      });
      if (piece.value instanceof Uint8Array) controller.enqueue(piece.value);
      else controller.close();
    },
    cancel() {
      message.destroy();
    },
  });
}
