import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

import { nodeFetch } from './node-fetch.ts';

async function using(listener: RequestListener, body: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('sends the method, headers and body, and returns those of the response', async () => {
  await using(
    (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method, url, headers } = request;
        response.writeHead(201, 'Made', { 'X-Answer': 'ja', 'Content-Type': 'application/json' });
        const length = headers['content-length'];
        response.end(
          JSON.stringify([method, url, headers['x-ask'], length, Buffer.concat(parts).toString()]),
        );
      });
    },
    async (url) => {
      const response = await nodeFetch(`${url}/a?b=c`, {
        method: 'POST',
        headers: { 'X-Ask': '1' },
        body: 'Käse',
      });
      assert.deepEqual([response.status, response.statusText, response.ok], [201, 'Made', true]);
      assert.equal(response.headers.get('x-answer'), 'ja');
      assert.deepEqual(await response.json(), ['POST', '/a?b=c', '1', '5', 'Käse']);
    },
  );
});

test('decodes a compressed body as it arrives', async () => {
  for (const [encoding, encoder] of [
    ['gzip', createGzip()],
    ['deflate', createDeflate()],
    ['br', createBrotliCompress()],
  ] as const) {
    let next: (() => void) | undefined;
    await using(
      (_request, response) => {
        response.writeHead(200, { 'Content-Encoding': encoding });
        encoder.pipe(response);
        encoder.write('one');
        encoder.flush();
        next = () => encoder.end('two');
      },
      async (url) => {
        const reader = (await nodeFetch(url)).body?.getReader();
        assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'one', encoding);
        next?.();
        assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'two');
        assert.equal((await reader?.read())?.done, true);
      },
    );
  }
  await using(
    (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip'),
    async (url) => {
      await assert.rejects((await nodeFetch(url)).text(), TypeError);
    },
  );
});

test('returns chunks of the body as they are sent', async () => {
  let next: (() => void) | undefined;
  await using(
    (_request, response) => {
      response.write('one');
      next = () => response.end('two');
    },
    async (url) => {
      const reader = (await nodeFetch(url)).body?.getReader();
      const first = await reader?.read();
      assert.equal(Buffer.from(first?.value ?? []).toString(), 'one');
      next?.();
      const second = await reader?.read();
      assert.equal(Buffer.from(second?.value ?? []).toString(), 'two');
      assert.equal((await reader?.read())?.done, true);
    },
  );
});

test('sets no socket timeout when the server is silent', async (t) => {
  const limits = t.mock.method(net.Socket.prototype, 'setTimeout');
  await using(
    (_request, response) => {
      setTimeout(() => response.end('late'), 50);
    },
    async (url) => {
      assert.equal(await (await nodeFetch(url)).text(), 'late');
      const set = limits.mock.calls.filter(({ arguments: [limit] }) => limit > 0);
      assert.deepEqual(set, []);
    },
  );
});

test('closes the connection when aborted before the response', async () => {
  let closed: Promise<void> | undefined;
  const stop = new AbortController();
  const reason = new Error('enough');
  await using(
    (request) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      stop.abort(reason);
    },
    async (url) => {
      await assert.rejects(nodeFetch(url, { signal: stop.signal }), reason);
      await closed;
    },
  );
});

test('closes the connection and fails the body when aborted halfway', async () => {
  let closed: Promise<void> | undefined;
  const stop = new AbortController();
  const reason = new Error('enough');
  await using(
    (request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      response.write('one');
    },
    async (url) => {
      const response = await nodeFetch(url, { signal: stop.signal });
      const text = response.text();
      stop.abort(reason);
      await assert.rejects(text, reason);
      await closed;
    },
  );
});

test('sends nothing when the signal is already aborted', async () => {
  let asked = 0;
  await using(
    () => {
      asked++;
    },
    async (url) => {
      await assert.rejects(nodeFetch(url, { signal: AbortSignal.abort() }), { name: 'AbortError' });
      assert.equal(asked, 0);
    },
  );
});

test('closes the connection when the body is cancelled', async () => {
  let closed: Promise<void> | undefined;
  await using(
    (request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      response.write('one');
    },
    async (url) => {
      const response = await nodeFetch(url);
      await response.body?.cancel();
      await closed;
      assert.equal(response.status, 200);
    },
  );
});

test('throws a TypeError with a cause when a connection is refused or breaks', async () => {
  let url = '';
  await using(
    (request, response) => {
      if (request.url === '/head') request.socket.destroy();
      else response.write('one', () => request.socket.destroy());
    },
    async (base) => {
      url = base;
      await assert.rejects(nodeFetch(`${url}/head`), (error: Error) => {
        assert.ok(error instanceof TypeError && error.cause instanceof Error);
        return true;
      });
      const response = await nodeFetch(`${url}/body`);
      await assert.rejects(response.text(), { name: 'TypeError' });
    },
  );
  await assert.rejects(nodeFetch(url), (error: Error) => {
    assert.ok(error instanceof TypeError);
    assert.equal((error.cause as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    return true;
  });
});

test('returns a redirect without following it', async () => {
  await using(
    (_request, response) => {
      response.writeHead(302, { Location: 'https://example.com/' }).end();
    },
    async (url) => {
      const response = await nodeFetch(url);
      assert.deepEqual([response.status, response.headers.get('location')], [302, 'https://example.com/']);
    },
  );
});

test('returns no body when the response has none', async () => {
  await using(
    (_request, response) => {
      response.writeHead(204).end();
    },
    async (url) => {
      assert.equal((await nodeFetch(url)).body, null);
    },
  );
});

test('rejects schemes other than http and https', async () => {
  await assert.rejects(nodeFetch('file:///etc/hosts'), TypeError);
});
