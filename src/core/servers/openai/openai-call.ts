import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';
import { guardedRequest } from '../http/guarded-request.ts';
import type { Subject } from '../http/server-error-body.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { END, EventReader, type StreamEvent } from './event-reader.ts';
import { notOpenAi, openAiError, openAiStreamError } from './openai-error.ts';
import { type ChoicePart, readChoice } from './read-choice.ts';

/** Returns the subject of errors. */
export function subjectOf({ host }: ModelServer, model?: string): Subject {
  return { host, api: 'openai', ...(model !== undefined && { model }) };
}

/** A request, with the time limit for the whole answer. */
export interface Question {
  readonly url: string;
  /** Sent as JSON; omitted for a GET request. */
  readonly body?: object;
  readonly subject: Subject;
  /** Milliseconds. */
  readonly limit: number;
}

/** Returns the URL of an API endpoint. Users may omit `/v1`. */
export function apiUrl(host: string, path: string): string {
  return `${/\/v\d+$/.test(host) ? host : `${host}/v1`}${path}`;
}

/**
 * Sends a request that is not streamed.
 * @param read validates the JSON; an error it throws becomes `server_error`
 * @throws NotesightError every code of a server or model
 */
export async function askOpenAi<T>(
  server: ModelServer,
  { url, body, subject, limit }: Question,
  read: (value: unknown) => T,
  signal: AbortSignal,
): Promise<T> {
  const request = guardedRequest(server, { subject, first: limit, errorOf: openAiError }, signal);
  try {
    const response = await request.send(url, body && post(body));
    return read(await response.json());
  } catch (error) {
    throw error instanceof NotesightError ? error : notOpenAi(subject, error);
  } finally {
    request.close();
  }
}

/**
 * Sends a streamed request. A server that doesn't stream sends the answer as one part. Leaving the loop early
 * cancels the request.
 * @returns the parts of the answer, and `END` if the server marks it as complete
 * @throws NotesightError every code of a server or model
 */
export async function* streamOpenAi(
  server: ModelServer,
  body: object,
  subject: Subject,
  signal: AbortSignal,
): AsyncGenerator<ChoicePart | typeof END, void> {
  const limits = { ...TIME_LIMITS, ...server.limits };
  const guard = { subject, first: limits.firstToken, errorOf: openAiError };
  const request = guardedRequest(server, guard, signal);
  const reader = new EventReader();
  const decoder = new TextDecoder();
  // After the first part of the answer, a shorter limit applies to silence.
  let started = false;
  const partOf = (event: Exclude<StreamEvent, typeof END>): ChoicePart | null => {
    if (isForeign(event)) return null;
    const error = errorIn(event, subject);
    if (error !== null) throw error;
    const part = readChoice(event.value);
    started ||= part !== null && (part.text !== '' || part.thought !== '' || part.calls.length > 0);
    return part;
  };
  try {
    const response = await request.send(apiUrl(server.host, '/chat/completions'), post(body));
    if (response.body === null) return;
    const limit = (): number => (started ? limits.nextToken : limits.firstToken);
    for await (const piece of request.pieces(response.body, limit)) {
      for (const event of reader.feed(decoder.decode(piece, { stream: true }))) {
        const part = event === END ? END : partOf(event);
        if (part !== null) yield part;
        if (part === END) return;
      }
    }
    for (const event of reader.end()) {
      const part = event === END ? END : partOf(event);
      if (part !== null) yield part;
    }
  } catch (error) {
    throw error instanceof NotesightError ? error : notOpenAi(subject, error);
  } finally {
    request.close();
  }
}

function post(body: object): Parameters<Fetch>[1] {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

const OWN_NAMES: readonly string[] = ['', 'message', 'error'];

/**
 * Whether an event is not part of the answer, such as the progress of a tool. The name is not sufficient,
 * because some servers also name the parts of the answer.
 */
function isForeign({ name, value }: Exclude<StreamEvent, typeof END>): boolean {
  return !OWN_NAMES.includes(name) && !('choices' in value);
}

function errorIn({ name, value }: Exclude<StreamEvent, typeof END>, subject: Subject): NotesightError | null {
  if (value['error']) return openAiStreamError(value['error'], subject);
  return name === 'error' || value['object'] === 'error' ? openAiStreamError(value, subject) : null;
}
