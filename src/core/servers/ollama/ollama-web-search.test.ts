import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createOllamaWebSearch, WEB_SEARCH_HOST } from './ollama-web-search.ts';

const never = new AbortController().signal;
const PAGE = { title: 'Heat pumps', url: 'https://pump.test/', content: 'They pump.' };

interface ReceivedRequest {
  readonly request: IncomingMessage;
  readonly body: string;
}

async function serve(t: TestContext, status: number, answer: string) {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      received.push({ request, body });
      response.writeHead(status, { 'Content-Type': 'application/json', Location: 'http://127.0.0.1:1/' });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

test('sends only the query and the key, as documented by Ollama', async (t) => {
  const { host, received } = await serve(t, 200, JSON.stringify({ results: [{ ...PAGE, more: 1 }] }));
  assert.deepEqual(await createOllamaWebSearch(fetch, 'my-key', host)('heat pump', never), [PAGE]);
  const [{ request, body } = assert.fail()] = received;
  assert.deepEqual([request.method, request.url], ['POST', '/api/web_search']);
  assert.equal(request.headers.authorization, 'Bearer my-key');
  assert.deepEqual(JSON.parse(body), { query: 'heat pump', max_results: 5 });
  assert.equal(WEB_SEARCH_HOST, 'https://ollama.com');
});

test('reports failures by their code', async (t) => {
  const cases: [number, string, string][] = [
    [401, '{"error":"unauthorized"}', 'unauthorized'],
    [429, '{"error":"too many requests"}', 'limit_reached'],
    [302, '', 'server_error'],
    [200, '{"results":[{"title":1}]}', 'server_error'],
    [200, 'no json', 'server_error'],
  ];
  for (const [status, answer, code] of cases) {
    const { host } = await serve(t, status, answer);
    await assert.rejects(
      createOllamaWebSearch(fetch, 'k', host)('x', never),
      { code },
      `${status} ${answer}`,
    );
  }
});

test('stops when the signal is aborted', async (t) => {
  const { host } = await serve(t, 200, '{}');
  await assert.rejects(createOllamaWebSearch(fetch, 'k', host)('x', AbortSignal.abort()), {
    code: 'cancelled',
  });
});
