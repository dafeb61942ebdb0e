import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { downloadPack } from './download-pack.ts';

const BYTES = Buffer.from('0123456789');
const never = new AbortController().signal;
const ignore = (): void => undefined;

async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('downloads after a redirect and reports the progress', async (t) => {
  const address = await serve(t, ({ url }, response) => {
    if (url === '/pack') response.writeHead(302, { location: '/stored' }).end();
    else response.end(BYTES);
  });
  const received: number[] = [];
  const pack = await downloadPack(`${address}/pack`, 10, (bytes) => received.push(bytes), never);
  assert.equal(Buffer.from(pack).toString(), '0123456789');
  assert.equal(received.at(-1), 10);
});

test('reports a failed request', async (t) => {
  const address = await serve(t, (_request, response) => response.writeHead(404).end());
  await assert.rejects(downloadPack(address, 10, ignore, never), {
    code: 'pack_failed',
    message: /HTTP 404/,
  });
});

test('reports that nothing listens', async (t) => {
  const address = await serve(t, ({ socket }) => socket.destroy());
  await assert.rejects(downloadPack(address, 10, ignore, never), { code: 'pack_failed' });
});

test('stops a download that is too long', async (t) => {
  const address = await serve(t, (_request, response) => response.end(Buffer.alloc(1000)));
  await assert.rejects(downloadPack(address, 10, ignore, never), { code: 'pack_unusable' });
});

test('stops when the user cancels', async (t) => {
  const stop = new AbortController();
  const address = await serve(t, (_request, response) => {
    response.write(BYTES.subarray(0, 5));
  });
  const receivedSome = () => {
    stop.abort();
  };
  await assert.rejects(downloadPack(address, 10, receivedSome, stop.signal), { code: 'cancelled' });
});
