import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { isObject } from '../fakes/is-object.ts';

/** A response of llama-server b11669 with the tiny vision model, without values that vary between runs. */
interface Recorded {
  readonly name: string;
  /** Which server was queried: the one with the vision model, or the one with the text-only model. */
  readonly server: 'eyes' | 'blind';
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The relevant parts of the response, as key paths; null for all of it. */
  readonly parts: readonly string[] | null;
  readonly status: number;
  readonly type: string;
  readonly answer: unknown;
}

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/llama-server.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** Milliseconds. */
const LIMIT = 30_000;

/** Sends every recorded request and compares the responses. */
export async function assertAnswersAsRecorded(
  urls: Readonly<Record<Recorded['server'], string>>,
): Promise<void> {
  for (const { name, server, method, path, body, parts, status, type, answer } of recorded) {
    const response = await fetch(`${urls[server]}${path}`, {
      method,
      ...(body !== null && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(LIMIT),
    });
    const text = await response.text();
    assert.deepEqual(
      { status: response.status, type: response.headers.get('content-type'), answer: essence(text, parts) },
      { status, type, answer },
      name,
    );
  }
}

/** Volatile fields, and fields that Notesight doesn't read. */
const LEFT_OUT = new Set(['id', 'created', 'model', 'system_fingerprint', 'timings', 'usage']);

/** A response without volatile fields; the tokens of a stream are joined, because they are split differently. */
export function essence(text: string, parts: readonly string[] | null): unknown {
  if (parts !== null) {
    const whole: unknown = JSON.parse(text);
    return parts.map((part) => part.split('.').reduce(step, whole));
  }
  if (!text.startsWith('data: ')) return without(JSON.parse(text));
  const events = text.split('\n\n').filter((event) => event !== '');
  const seen: unknown[] = [];
  let words = '';
  for (const event of events) {
    const data = event.replace(/^data: /, '');
    const value: unknown = data === '[DONE]' ? data : without(JSON.parse(data));
    const content = contentOf(value);
    if (content === null) {
      if (words !== '') seen.push({ words });
      words = '';
      seen.push(value);
    } else words += content;
  }
  return seen;
}

function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) ? value[key] : undefined;
}

function contentOf(value: unknown): string | null {
  const choices = isObject(value) ? value['choices'] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const delta = isObject(choice) ? choice['delta'] : undefined;
  return isObject(delta) && typeof delta['content'] === 'string' ? delta['content'] : null;
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, inner]) => [key, without(inner)]),
  );
}
