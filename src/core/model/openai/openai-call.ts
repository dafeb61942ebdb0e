import { createParser } from 'eventsource-parser';

import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';
import { guardedRequest } from '../server/guarded-request.ts';
import { TIME_LIMITS, type ModelServer } from '../server/model-server.ts';
import type { Subject } from '../server/read-server-error.ts';
import { notOpenAi, openAiError, openAiStreamError } from './openai-error.ts';

/** The last event of a stream. */
const DONE = '[DONE]';

/** Whom an error names. */
export function subjectOf({ host }: ModelServer, model?: string): Subject {
  return { host, api: 'openai', ...(model !== undefined && { model }) };
}

/** What is asked for, and how long the whole answer may take. */
export interface Question {
  readonly url: string;
  /** Sent as JSON; left out for a GET. */
  readonly body?: object;
  readonly subject: Subject;
  /** Milliseconds. */
  readonly limit: number;
}

/** The address of a part of the API; a user may leave `/v1` out. */
export function apiUrl(host: string, path: string): string {
  return `${/\/v\d+$/.test(host) ? host : `${host}/v1`}${path}`;
}

/**
 * Asks the server for a plain answer.
 * @param read checks the JSON that came; what it throws becomes `server_error`
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
 * Asks the server for a stream of events. Leaving the loop early ends the request. The stream returns after `[DONE]`
 * or where the server just ends it.
 * @param read checks an event
 * @param isText tells whether an event is a part of the answer: from then on the server may be silent only shortly
 * @throws NotesightError every code of a server or model
 */
export async function* streamOpenAi<T>(
  server: ModelServer,
  body: object,
  subject: Subject,
  read: (value: unknown) => T,
  isText: (event: T) => boolean,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const limits = { ...TIME_LIMITS, ...server.limits };
  const guard = { subject, first: limits.firstToken, errorOf: openAiError };
  const request = guardedRequest(server, guard, signal);
  const events: string[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      events.push(data);
    },
    // Older builds of llama-server name the field of an error so.
    onError: ({ field, value }) => {
      if (field === 'error' && value !== undefined) events.push(`{"error":${value}}`);
    },
  });
  const decoder = new TextDecoder();
  let started = false;
  try {
    const response = await request.send(apiUrl(server.host, '/chat/completions'), post(body));
    if (response.headers.get('content-type')?.includes('json') === true) {
      throw errorIn(await response.json(), subject) ?? notOpenAi(subject, 'It did not stream.');
    }
    if (response.body === null) return;
    const limit = (): number => (started ? limits.nextToken : limits.firstToken);
    for await (const piece of request.pieces(response.body, limit)) {
      parser.feed(decoder.decode(piece, { stream: true }));
      for (const data of events.splice(0)) {
        if (data === DONE) return;
        const value: unknown = JSON.parse(data);
        const error = errorIn(value, subject);
        if (error !== null) throw error;
        const event = read(value);
        started ||= isText(event);
        yield event;
      }
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

function errorIn(value: unknown, subject: Subject): NotesightError | null {
  if (typeof value !== 'object' || value === null || !('error' in value) || value.error === null) return null;
  return openAiStreamError(value.error, subject);
}
