import { Ollama } from 'ollama/browser';

import { NotesightError } from '../../errors.ts';
import { EndedWithoutDone, guardedFetch, type Guard } from './guarded-fetch.ts';
import type { OllamaServer } from './ollama-server.ts';

/**
 * Asks the server for a plain answer. One client a request, since only its fetch can be given a signal.
 * @throws NotesightError every code of a server or model
 */
export async function askOllama<T>(
  server: OllamaServer,
  guard: Guard,
  signal: AbortSignal,
  ask: (client: Ollama) => Promise<T>,
): Promise<T> {
  const { fetch, close } = guardedFetch(server, guard, signal);
  try {
    return await ask(new Ollama({ host: server.host, fetch }));
  } catch (error) {
    throw known(error, guard);
  } finally {
    close();
  }
}

/**
 * Asks the server for a stream. Leaving the loop early ends the request.
 * @throws NotesightError every code of a server or model; EndedWithoutDone
 */
export async function* streamOllama<T>(
  server: OllamaServer,
  guard: Guard & Required<Pick<Guard, 'next'>>,
  signal: AbortSignal,
  ask: (client: Ollama) => Promise<AsyncIterable<T>>,
): AsyncGenerator<T> {
  const { fetch, close } = guardedFetch(server, guard, signal);
  try {
    yield* await ask(new Ollama({ host: server.host, fetch }));
  } catch (error) {
    throw known(error, guard);
  } finally {
    close();
  }
}

/** What is left comes from the package: an answer that it could not read. */
function known(error: unknown, { subject }: Guard): Error {
  if (error instanceof NotesightError || error instanceof EndedWithoutDone) return error;
  return new NotesightError('server_error', 'The answer of the server could not be read.', {
    data: { ...subject, detail: 'It does not answer like Ollama.' },
    cause: error,
  });
}
