import { NotesightError } from '../../errors.ts';
import { onAbort } from '../../on-abort.ts';
import type { Fetch } from '../../ports.ts';
import { sleep } from '../../sleep.ts';
import type { ModelServer } from '../model-server.ts';
import { parseRetryAfter, retryPause } from './retry-pause.ts';
import type { Subject } from './server-error-body.ts';

/** The limits and error handling of a request. */
export interface Guard {
  readonly subject: Subject;
  /** Milliseconds until the answer starts, or until it is complete if it is not streamed. */
  readonly first: number;
  /**
   * Returns the error for a status other than 2xx.
   * @param body the unmodified body
   */
  readonly errorOf: (status: number, body: string, subject: Subject) => NotesightError;
}

export interface GuardedRequest {
  /**
   * Sends the request and retries it after transient failures (`retryPause`). Does not follow redirects,
   * which could send images to another server.
   * @returns a successful response
   * @throws NotesightError every code of a server or model
   */
  readonly send: Fetch;
  /**
   * Streams a body in chunks.
   * @param limit milliseconds the server may be silent now; time spent by the consumer does not count
   * @throws NotesightError `server_crashed`, `server_timeout`, `cancelled`
   */
  pieces(body: ReadableStream<Uint8Array>, limit: () => number): AsyncGenerator<Uint8Array, void>;
  /** Cancels the request and its timer. */
  close(): void;
}

/** A request with time limits, retries for a busy server, and errors by status. */
export function guardedRequest(server: ModelServer, guard: Guard, signal: AbortSignal): GuardedRequest {
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort(new NotesightError('cancelled', 'Stopped.'));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limitTo = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const data = { ...guard.subject, seconds: Math.round(milliseconds / 1000) };
      controller.abort(new NotesightError('server_timeout', `No answer for ${milliseconds} ms.`, { data }));
    }, milliseconds);
  };
  const stopListening = onAbort(signal, cancel);

  const fail = (error: unknown, otherwise: 'server_down' | 'server_crashed'): NotesightError => {
    const reason: unknown = controller.signal.reason;
    if (reason instanceof NotesightError) return reason;
    return new NotesightError(otherwise, `The connection to ${server.host} failed.`, {
      data: { ...guard.subject },
      cause: error,
    });
  };

  return {
    async send(input, init) {
      for (let attempt = 0; ; attempt++) {
        limitTo(guard.first);
        const response = await server
          .fetch(input, { ...init, signal: controller.signal, redirect: 'manual' })
          .catch((error: unknown) => {
            throw fail(error, 'server_down');
          });
        if (response.ok) return response;
        const body = await response.text().catch((error: unknown) => {
          throw fail(error, 'server_crashed');
        });
        const error = guard.errorOf(response.status, redirection(response) ?? body, guard.subject);
        const retryAfter = parseRetryAfter(response.headers.get('retry-after'), Date.now());
        const pause = retryPause(error, retryAfter, attempt);
        if (pause === null) throw withWait(error, retryAfter);
        clearTimeout(timer);
        await (server.sleep ?? sleep)(pause, signal);
      }
    },
    async *pieces(body, limit) {
      const reader = body.getReader();
      for (;;) {
        limitTo(limit());
        const { value, done } = await reader.read().catch((error: unknown) => {
          throw fail(error, 'server_crashed');
        });
        clearTimeout(timer);
        if (done) return;
        yield value;
      }
    },
    close() {
      clearTimeout(timer);
      stopListening();
      controller.abort();
    },
  };
}

/** Returns the error detail for a redirect; null for any other response. */
function redirection({ status, headers }: Response): string | null {
  const location = headers.get('location');
  return status >= 300 && status < 400 && location !== null ? `It redirects to ${location}` : null;
}

/** Adds the time to wait, in seconds, if the server sent it. */
function withWait(error: NotesightError, retryAfter: number | null): NotesightError {
  if (retryAfter === null || error.code !== 'limit_reached') return error;
  const data = { ...error.data, waitSeconds: Math.ceil(retryAfter / 1000) };
  return new NotesightError(error.code, error.message, { data, cause: error.cause });
}
