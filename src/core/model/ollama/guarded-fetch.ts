import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';
import type { OllamaServer } from './ollama-server.ts';
import { errorOfLine, errorOfResponse, type Subject } from './server-error.ts';
import { sleep } from './sleep.ts';

/** Milliseconds to wait before a busy server is asked again. */
const BUSY_PAUSES = [1000, 2000, 4000];

/** The stream ended and no line said that it was done. */
export class EndedWithoutDone extends Error {
  override readonly name = 'EndedWithoutDone';
}

/** How a request is guarded. Times are in milliseconds. */
export interface Guard {
  readonly subject: Subject;
  /** Until the answer starts; for a plain answer, until all of it is there. */
  readonly first: number;
  /** From one piece of a streamed answer to the next; left out for a plain answer. */
  readonly next?: number;
}

export interface GuardedFetch {
  readonly fetch: Fetch;
  /** Ends the request if it still runs, and its timer. */
  readonly close: () => void;
}

/**
 * Gives the `ollama` package what it lacks: a signal, time limits, patience with a busy server, errors by status.
 * What reaches the package is an answer that is well, so that it has nothing to log and nothing to guess. The
 * fetch rejects, or its body fails, with a `NotesightError` or `EndedWithoutDone`. Redirects are not followed:
 * they could lead images elsewhere.
 */
export function guardedFetch(server: OllamaServer, guard: Guard, signal: AbortSignal): GuardedFetch {
  const { host } = server;
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort(new NotesightError('cancelled', 'Stopped.'));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const data = { ...guard.subject, seconds: Math.round(milliseconds / 1000) };
      controller.abort(new NotesightError('server_timeout', `No answer for ${milliseconds} ms.`, { data }));
    }, milliseconds);
  };
  const close = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    controller.abort();
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });

  const fail = (error: unknown, otherwise: 'server_down' | 'server_crashed'): NotesightError => {
    const reason: unknown = controller.signal.reason;
    if (reason instanceof NotesightError) return reason;
    return new NotesightError(otherwise, `The connection to ${host} failed.`, {
      data: { ...guard.subject },
      cause: error,
    });
  };

  async function* checkedLines(body: ReadableStream<Uint8Array>, next: number): AsyncGenerator<string, void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    let done = false;
    for (let ended = false; !ended;) {
      const chunk = await reader.read().catch((error: unknown) => {
        throw fail(error, 'server_crashed');
      });
      ended = chunk.done;
      const lines = (chunk.done ? '\n' : decoder.decode(chunk.value, { stream: true })).split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        done = checkLine(line, guard.subject) || done;
        // The consumer may take its time: only the server's silence counts.
        clearTimeout(timer);
        yield `${line}\n`;
        limit(next);
      }
    }
    clearTimeout(timer);
    if (!done) throw new EndedWithoutDone(`The answer of ${host} has no end.`);
  }

  const fetch: Fetch = async (input, init) => {
    for (let attempt = 0; ; attempt++) {
      limit(guard.first);
      const response = await server
        .fetch(input, { ...init, signal: controller.signal, redirect: 'manual' })
        .catch((error: unknown) => {
          throw fail(error, 'server_down');
        });
      if (response.ok) {
        return guard.next === undefined || response.body === null
          ? response
          : new Response(streamOf(checkedLines(response.body, guard.next)), { headers: response.headers });
      }
      const body = await response.text().catch((error: unknown) => {
        throw fail(error, 'server_crashed');
      });
      const pause = response.status === 503 ? BUSY_PAUSES[attempt] : undefined;
      if (pause === undefined) throw errorOfResponse(response.status, body, guard.subject);
      clearTimeout(timer);
      await (server.sleep ?? sleep)(pause, signal);
    }
  };
  return { fetch, close };
}

/** @returns whether the line says that the answer is done */
function checkLine(line: string, subject: Subject): boolean {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new NotesightError('server_error', 'The server sent a line that is not JSON.', {
      data: { ...subject, detail: 'It does not answer like Ollama.' },
      cause: error,
    });
  }
  if (typeof value !== 'object' || value === null) return false;
  if ('error' in value) throw errorOfLine(value.error, subject);
  return ('done' in value && value.done === true) || ('status' in value && value.status === 'success');
}

/** Takes from the generator only what is read, so that it stops where the reader does. */
function streamOf(lines: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await lines.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
