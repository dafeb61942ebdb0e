import { Ollama } from 'ollama/browser';

import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';
import { ollamaRoot } from '../../settings/pasted-address.ts';
import { type Guard, guardedRequest } from '../http/guarded-request.ts';
import type { Subject } from '../http/server-error-body.ts';
import type { ModelServer } from '../model-server.ts';
import { EndedWithoutDone, ollamaLines, type Silence } from './ollama-lines.ts';
import { errorOfResponse } from './server-error.ts';

/** The subject of errors, and the time limit for a complete answer in milliseconds. */
export type OllamaGuard = Pick<Guard, 'subject' | 'first'>;

/**
 * Sends a request that is not streamed. Creates a client for each request, because only its fetch accepts a
 * signal.
 * @throws NotesightError every code of a server or model
 */
export async function askOllama<T>(
  server: ModelServer,
  guard: OllamaGuard,
  signal: AbortSignal,
  ask: (client: Ollama) => Promise<T>,
): Promise<T> {
  const request = guardedRequest(server, { ...guard, errorOf: errorOfResponse }, signal);
  try {
    return await ask(new Ollama({ host: ollamaRoot(server.host), fetch: request.send }));
  } catch (error) {
    throw known(error, guard.subject);
  } finally {
    request.close();
  }
}

/**
 * Sends a streamed request. Leaving the loop early cancels it.
 * @throws NotesightError every code of a server or model; EndedWithoutDone
 */
export async function* streamOllama<T>(
  server: ModelServer,
  guard: OllamaGuard & Silence,
  signal: AbortSignal,
  ask: (client: Ollama) => Promise<AsyncIterable<T>>,
): AsyncGenerator<T> {
  const { subject } = guard;
  const request = guardedRequest(server, { ...guard, errorOf: errorOfResponse }, signal);
  const fetch: Fetch = async (input, init) => {
    const response = await request.send(input, init);
    if (response.body === null) return response;
    return new Response(ollamaLines(request, response.body, guard, subject), { headers: response.headers });
  };
  try {
    yield* await ask(new Ollama({ host: ollamaRoot(server.host), fetch }));
  } catch (error) {
    throw known(error, subject);
  } finally {
    request.close();
  }
}

/** Other errors come from the package: the answer could not be parsed. */
function known(error: unknown, subject: Subject): Error {
  if (error instanceof NotesightError || error instanceof EndedWithoutDone) return error;
  return new NotesightError('server_error', 'The answer of the server could not be read.', {
    data: { ...subject, detail: 'The response is not in the Ollama format.' },
    cause: error,
  });
}
