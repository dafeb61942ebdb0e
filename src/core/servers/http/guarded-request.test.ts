import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failureOf } from '../../../../test/chat-answers.ts';
import { NotesightError } from '../../errors.ts';
import { errorOfResponse } from '../ollama/server-error.ts';
import { guardedRequest } from './guarded-request.ts';

const HOST = 'http://nas';

/** Sends a request to a server that sends the given replies and then succeeds. */
async function sent(...replies: (readonly [status: number, retryAfter?: string])[]) {
  let asked = 0;
  const pauses: number[] = [];
  const server = {
    host: HOST,
    fetch: () => {
      const [status, retryAfter] = replies[asked++] ?? [200];
      const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
      return Promise.resolve(new Response('{"error":"no"}', { status, headers }));
    },
    sleep: (milliseconds: number) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  };
  const guard = { subject: { host: HOST }, first: 10_000, errorOf: errorOfResponse };
  const request = guardedRequest(server, guard, new AbortController().signal);
  const error = await request.send(HOST).then(
    () => null,
    (failure: unknown) => failure,
  );
  request.close();
  assert.ok(error === null || error instanceof NotesightError);
  return { pauses, asked, code: error?.code, wait: error?.data['waitSeconds'] };
}

test('sends a request again after a failure that may pass', async () => {
  assert.deepEqual(await sent([503], [429], [502]), {
    pauses: [1000, 2000, 4000],
    asked: 4,
    code: undefined,
    wait: undefined,
  });
  assert.equal((await sent([429], [429], [429], [429])).code, 'limit_reached');
  for (const [status, code] of [
    [504, 'gateway_timeout'],
    [413, 'request_too_large'],
    [500, 'server_error'],
  ] as const) {
    assert.deepEqual(await sent([status]), { pauses: [], asked: 1, code, wait: undefined });
  }
});

test('waits as long as the server asks', async () => {
  assert.deepEqual((await sent([429, '20'], [429, '0'])).pauses, [20_000, 2000]);
});

test('fails with the time to wait when the server asks for a long pause', async () => {
  assert.deepEqual(await sent([429, '3600']), { pauses: [], asked: 1, code: 'limit_reached', wait: 3600 });
});

test('names the target of a redirect without following it', async () => {
  let asked = 0;
  const fetch = (): Promise<Response> => {
    asked++;
    return Promise.resolve(
      new Response('<h1>Moved</h1>', { status: 308, headers: { Location: 'https://nas/' } }),
    );
  };
  const guard = { subject: { host: HOST }, first: 10_000, errorOf: errorOfResponse };
  const request = guardedRequest({ host: HOST, fetch }, guard, new AbortController().signal);
  const { code, data } = await failureOf(() => request.send(HOST));
  assert.deepEqual([code, data['detail'], asked], ['server_error', 'It redirects to https://nas/', 1]);
});
