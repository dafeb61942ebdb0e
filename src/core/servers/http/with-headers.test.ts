import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Fetch } from '../../ports.ts';
import { type ServerHeaders, withHeaders } from './with-headers.ts';

const host = 'https://ai.example.com:443/ollama';
const own: ServerHeaders = { token: 'geheim', headers: [{ name: 'X-Key', value: 'schlüssel' }] };

/** Returns the request as it arrives. */
async function sent(input: Parameters<Fetch>[0], init?: RequestInit, added = own) {
  const received: { headers: Record<string, string>; redirect: string }[] = [];
  const fetch: Fetch = (url, options) => {
    const { headers, redirect } = new Request(url, options);
    received.push({ headers: Object.fromEntries(headers), redirect });
    return Promise.resolve(new Response());
  };
  await withHeaders(fetch, host, added)(input, init);
  return received[0];
}

test('adds the token and headers to requests to the server', async () => {
  assert.deepEqual(await sent('https://ai.example.com/ollama/api/chat', { headers: { Accept: 'a/b' } }), {
    headers: { accept: 'a/b', authorization: 'Bearer geheim', 'x-key': 'schlüssel' },
    redirect: 'manual',
  });
  const request = new Request('https://ai.example.com/', { headers: { Accept: 'a/b' } });
  assert.equal((await sent(request))?.headers['accept'], 'a/b');
  assert.equal((await sent(new URL('https://ai.example.com/')))?.headers['authorization'], 'Bearer geheim');
});

test('adds nothing to requests to other origins', async () => {
  const others = [
    'http://ai.example.com/',
    'https://ai.example.com:8443/',
    'https://ai.example.com.evil.com/',
    'https://evil.com/ai.example.com',
    new Request('https://evil.com/'),
  ];
  for (const other of others) assert.deepEqual((await sent(other))?.headers, {});
});

test('prefers the token to a header with the same name', async () => {
  const headers = [{ name: 'authorization', value: 'Basic abc' }];
  const url = 'https://ai.example.com/';
  assert.equal(
    (await sent(url, {}, { token: ' geheim\n', headers }))?.headers['authorization'],
    'Bearer geheim',
  );
  assert.equal((await sent(url, {}, { token: ' ', headers }))?.headers['authorization'], 'Basic abc');
  assert.deepEqual((await sent(url, {}, { token: '', headers: [] }))?.headers, {});
});

test('rejects an invalid value without repeating it', () => {
  for (const token of ['geheim\nX: y', 'geheim ключ']) {
    assert.throws(
      () => withHeaders(fetch, host, { token, headers: [] }),
      (error: Error & { code?: string }) =>
        error.code === 'bad_usage' && !`${error.message}${JSON.stringify(error)}`.includes('geheim'),
    );
  }
});
