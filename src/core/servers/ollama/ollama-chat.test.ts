import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import { failureOf, lastDelta, PNG, QUESTION, wholeAnswer } from '../../../../test/chat-answers.ts';
import { cloud, gemma3, textOnly, unloadable } from '../../../../test/fakes/fake-models.ts';
import {
  type Behavior,
  type FakeModel,
  type FakeOllama,
  startFakeOllama,
} from '../../../../test/fakes/fake-ollama.ts';
import type { ModelServer } from '../model-server.ts';
import { createOllamaChat } from './ollama-chat.ts';

const never = new AbortController().signal;

async function using(
  model: FakeModel,
  behaviors: Behavior[],
  body: (fake: FakeOllama, server: ModelServer, pauses: number[]) => Promise<void>,
): Promise<void> {
  const fake = await startFakeOllama({ models: [model] });
  fake.next(...behaviors);
  const pauses: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  try {
    await body(fake, { host: fake.url, fetch, sleep }, pauses);
  } finally {
    await fake.close();
  }
}

const all = (server: ModelServer, name: string, request = QUESTION, signal = never, numCtx = 8192) =>
  wholeAnswer(createOllamaChat(server, { name, numCtx }), request, signal);

/** Returns the code and data of the error that a request fails with. */
async function failure(...question: Parameters<typeof all>) {
  const { code, data } = await failureOf(() => all(...question));
  return { code, data: { ...data } };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test('joins an answer split at any byte', async () => {
  const answer = (): string => 'Ein Kätzchen 🐈 на крыше, 屋根の上。';
  await using({ ...gemma3, answer }, [], async (_fake, server) => {
    assert.deepEqual(await all(server, 'gemma3:4b'), { text: answer(), end: 'done' });
  });
});

const lastPart = (server: ModelServer) =>
  lastDelta(createOllamaChat(server, { name: 'gemma3:4b', numCtx: 8192 }));

test('reports the number of tokens and the time of the answer', async () => {
  await using({ ...gemma3, answer: () => 'Here it is.' }, [], async (_fake, server) => {
    const generated = (await lastPart(server))?.generated;
    assert.ok(generated !== undefined && generated.tokens > 1);
    assert.ok(generated.milliseconds !== null && generated.milliseconds > 0);
  });
});

test('reports no tokens when the server does not', async () => {
  const done = { message: { content: 'Here.' }, done: true, eval_count: 0, eval_duration: 'long' };
  const raw = { kind: 'raw', status: 200, type: 'application/x-ndjson', body: JSON.stringify(done) } as const;
  await using(gemma3, [raw], async (_fake, server) => {
    assert.deepEqual(await lastPart(server), { text: 'Here.', end: 'done' });
  });
});

test('accepts an address that ends in /api', async () => {
  await using({ ...gemma3, answer: () => 'Here.' }, [], async (_fake, server) => {
    assert.equal((await all({ ...server, host: `${server.host}/api` }, 'gemma3:4b')).text, 'Here.');
  });
});

test('sends the same request except for the question', async () => {
  await using(gemma3, [], async (fake, server) => {
    await all(server, 'gemma3:4b', { ...QUESTION, schema: { type: 'object' } });
    assert.deepEqual(
      { ...fake.chats[0]?.body, messages: [] },
      {
        messages: [],
        model: 'gemma3:4b',
        stream: true,
        think: false,
        truncate: false,
        keep_alive: '10m',
        format: { type: 'object' },
        options: { num_ctx: 8192, num_predict: 100, temperature: 0, seed: 1 },
      },
    );
    assert.deepEqual(fake.chats[0]?.images, [PNG]);
  });
});

test('sends images as bytes', async () => {
  await using(gemma3, [], async (_fake, server) => {
    await all(server, 'gemma3:4b');
    assert.equal(QUESTION.messages[1]?.images?.[0], PNG);
  });
});

test('escapes text that the server would read as an image placeholder', async () => {
  await using(gemma3, [], async (fake, server) => {
    await all(server, 'gemma3:4b', {
      ...QUESTION,
      messages: [{ role: 'user', content: 'a [img-0] b [img] c' }],
    });
    assert.equal(fake.chats[0]?.text, 'a [ img-0] b [ img] c');
  });
});

test('reports an answer that reached the token limit', async () => {
  await using({ ...gemma3, answer: () => 'A cat on a roof.' }, [], async (_fake, server) => {
    assert.deepEqual(await all(server, 'gemma3:4b', { ...QUESTION, maxTokens: 2 }), {
      text: 'A cat on',
      end: 'length',
    });
  });
});

test('keeps the text when a stream ends without done', async () => {
  const model = { ...gemma3, answer: () => 'A cat on a roof.' };
  await using(model, [{ kind: 'eof', after: 2 }], async (_fake, server) => {
    assert.deepEqual(await all(server, 'gemma3:4b'), { text: 'A cat on', end: 'cut' });
  });
});

test("reports a crash during a stream with the server's message", async () => {
  await using(gemma3, [{ kind: 'crash', after: 2 }], async (_fake, server) => {
    const { code, data } = await failure(server, 'gemma3:4b');
    assert.equal(code, 'server_crashed');
    assert.equal(data['detail'], 'an error was encountered while running the model: unexpected EOF');
  });
});

test('reports a crash when the connection breaks during a stream', async () => {
  await using(gemma3, [{ kind: 'drop', after: 2 }], async (_fake, server) => {
    assert.equal((await failure(server, 'gemma3:4b')).code, 'server_crashed');
  });
});

test('names a missing model', async () => {
  await using(gemma3, [], async (fake, server) => {
    assert.deepEqual(await failure(server, 'nope'), {
      code: 'model_missing',
      data: { host: fake.url, model: 'nope', status: 404, detail: "model 'nope' not found" },
    });
  });
});

test('retries after 1, 2 and 4 seconds when the server is busy', async () => {
  const busy: Behavior = { kind: 'busy' };
  await using({ ...gemma3, answer: () => 'Here.' }, [busy, busy, busy], async (_fake, server, pauses) => {
    assert.equal((await all(server, 'gemma3:4b')).text, 'Here.');
    assert.deepEqual(pauses, [1000, 2000, 4000]);
  });
});

test('fails when the server stays busy', async () => {
  const busy: Behavior = { kind: 'busy' };
  await using(gemma3, [busy, busy, busy, busy], async (fake, server) => {
    assert.equal((await failure(server, 'gemma3:4b')).code, 'server_busy');
    assert.equal(fake.seen.length, 4);
  });
});

test('ends the pause before a retry when the signal is aborted', async () => {
  await using(gemma3, [{ kind: 'busy' }], async (fake) => {
    const stop = new AbortController();
    const failed = failure({ host: fake.url, fetch }, 'gemma3:4b', QUESTION, stop.signal);
    await until(() => fake.seen.length > 0);
    await fake.seen[0]?.ended;
    stop.abort();
    assert.equal((await failed).code, 'cancelled');
    assert.equal(fake.seen.length, 1);
  });
});

test('recognizes a text-only model from every server message', async () => {
  for (const path of ['rendered', 'native'] as const) {
    await using({ ...textOnly, path }, [], async (_fake, server) => {
      const { code, data } = await failure(server, 'llama3.2:3b');
      assert.equal(code, 'model_cannot_see');
      assert.equal(data['model'], 'llama3.2:3b');
    });
  }
});

test("reports an image that the server can't decode", async () => {
  await using(gemma3, [], async (_fake, server) => {
    const messages = [{ role: 'user' as const, content: 'What?', images: [Buffer.from('<svg/>')] }];
    assert.equal((await failure(server, 'gemma3:4b', { ...QUESTION, messages })).code, 'image_unreadable');
  });
});

test('reports both sizes when an image exceeds the context', async () => {
  await using({ ...gemma3, imageTokens: () => 4000 }, [], async (_fake, server) => {
    const { code, data } = await failure(server, 'gemma3:4b', QUESTION, never, 2048);
    assert.equal(code, 'context_overflow');
    assert.deepEqual([data['nPromptTokens'], data['nCtx']], [4006, 2048]);
  });
});

test("reports a model that the server can't load", async () => {
  await using(unloadable, [], async (_fake, server) => {
    assert.equal((await failure(server, unloadable.name)).code, 'model_unloadable');
  });
});

test('reports unauthorized when a cloud model needs a sign-in', async () => {
  await using(cloud, [], async (_fake, server) => {
    assert.equal((await failure(server, cloud.name)).code, 'unauthorized');
  });
});

test('reports other errors by their status', async () => {
  const cases: [Behavior, string][] = [
    [{ kind: 'raw', status: 403, type: 'text/plain', body: '' }, 'origin_refused'],
    [{ kind: 'error', status: 403, error: 'ollama cloud is disabled' }, 'server_refused'],
    [{ kind: 'raw', status: 404, type: 'text/plain', body: '404 page not found' }, 'server_error'],
    [{ kind: 'raw', status: 302, type: 'text/html', body: '' }, 'server_error'],
    [{ kind: 'raw', status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }, 'gateway_down'],
    [{ kind: 'raw', status: 503, type: 'text/html', body: '<h1>No server</h1>' }, 'gateway_down'],
    [{ kind: 'raw', status: 504, type: 'text/html', body: '<h1>Timeout</h1>' }, 'gateway_timeout'],
    [{ kind: 'raw', status: 413, type: 'text/html', body: '<h1>Too large</h1>' }, 'request_too_large'],
    [{ kind: 'error', status: 429, error: "you've reached your hourly usage limit" }, 'limit_reached'],
    [{ kind: 'raw', status: 403, type: 'text/html', body: '<title>403 Forbidden</title>' }, 'server_refused'],
    [{ kind: 'raw', status: 200, type: 'text/html', body: '<h1>Hello</h1>' }, 'server_error'],
    [{ kind: 'error', status: 500, error: 'something new' }, 'server_error'],
    [{ kind: 'error', status: 400, error: '{"error":{"message":"nested"}}' }, 'server_error'],
    [{ kind: 'error', status: 400, error: '{"error":' }, 'server_error'],
    [
      {
        kind: 'error',
        status: 500,
        error: 'model runner has unexpectedly stopped, this may be due to resource limitations',
      },
      'server_crashed',
    ],
    [
      { kind: 'error', status: 500, error: 'timed out waiting for llama-server to start - progress 0.00' },
      'model_unloadable',
    ],
    [
      {
        kind: 'error',
        status: 500,
        error: 'model requires more system memory (9.1 GiB) than is available (4.2 GiB)',
      },
      'model_unloadable',
    ],
  ];
  for (const [behavior, code] of cases) {
    // Some requests are retried up to three times.
    await using(gemma3, [behavior, behavior, behavior, behavior], async (_fake, server) => {
      assert.equal((await failure(server, 'gemma3:4b')).code, code, JSON.stringify(behavior));
    });
  }
});

test('writes nothing to the console for any answer', async (t) => {
  const logs = (['log', 'warn', 'error'] as const).map((name) =>
    t.mock.method(console, name, () => undefined),
  );
  await using(
    gemma3,
    [
      { kind: 'raw', status: 501, type: 'text/html', body: 'no' },
      { kind: 'raw', status: 500, type: 'application/json', body: 'no' },
      { kind: 'raw', status: 200, type: 'application/x-ndjson', body: 'no\n' },
    ],
    async (_fake, server) => {
      for (let request = 0; request < 3; request++) {
        assert.equal((await failure(server, 'gemma3:4b')).code, 'server_error');
      }
    },
  );
  assert.deepEqual(
    logs.map(({ mock }) => mock.callCount()),
    [0, 0, 0],
  );
});

test('does not follow a redirect', async () => {
  await using(gemma3, [], async (fake) => {
    const redirecting = createServer((request, response) => {
      request.resume();
      response.writeHead(307, { Location: `${fake.url}${request.url ?? ''}` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
    assert.equal((await failure({ host, fetch }, 'gemma3:4b')).code, 'server_error');
    assert.equal(fake.seen.length, 0);
    redirecting.closeAllConnections();
    await new Promise((resolve) => redirecting.close(resolve));
  });
});

test('reports a server that is not running', async () => {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(free.address() as AddressInfo).port}`;
  await new Promise((resolve) => free.close(resolve));
  const { code, data } = await failure({ host, fetch }, 'gemma3:4b');
  assert.equal(code, 'server_down');
  assert.equal(data['host'], host);
});

test('sends no request when the signal is already aborted', async () => {
  await using(gemma3, [], async (fake, server) => {
    assert.equal((await failure(server, 'gemma3:4b', QUESTION, AbortSignal.abort())).code, 'cancelled');
    assert.equal(fake.seen.length, 0);
  });
});

test('cancels the request when aborted before the first byte', async () => {
  await using(gemma3, [{ kind: 'hang' }], async (fake, server) => {
    const stop = new AbortController();
    const failed = failure(server, 'gemma3:4b', QUESTION, stop.signal);
    await until(() => fake.chats.length > 0);
    stop.abort();
    assert.equal((await failed).code, 'cancelled');
    assert.equal(await fake.seen[0]?.ended, 'disconnected');
  });
});

test('closes the connection when aborted during a stream', async () => {
  await using(gemma3, [{ kind: 'stall', after: 2 }], async (fake, server) => {
    const stop = new AbortController();
    const deltas = createOllamaChat(server, { name: 'gemma3:4b', numCtx: 8192 }).chat(QUESTION, stop.signal);
    const received: string[] = [];
    const reading = (async () => {
      for await (const { text } of deltas) {
        received.push(text);
        if (received.length === 2) stop.abort();
      }
    })();
    await assert.rejects(reading, { code: 'cancelled' });
    assert.equal(await fake.seen[0]?.ended, 'disconnected');
  });
});

test('closes the connection when the loop is left', async () => {
  await using(gemma3, [{ kind: 'stall', after: 2 }], async (fake, server) => {
    for await (const { text } of createOllamaChat(server, { name: 'gemma3:4b', numCtx: 8192 }).chat(
      QUESTION,
      never,
    )) {
      assert.equal(text, 'A te');
      break;
    }
    assert.equal(await fake.seen[0]?.ended, 'disconnected');
  });
});

test('limits silence before the first token and between tokens', async () => {
  const limits = { firstToken: 300, nextToken: 30 };
  await using(gemma3, [{ kind: 'hang' }, { kind: 'stall', after: 1 }], async (fake, server) => {
    assert.deepEqual(await failure({ ...server, limits: { ...limits, nextToken: 60_000 } }, 'gemma3:4b'), {
      code: 'server_timeout',
      data: { host: fake.url, model: 'gemma3:4b', seconds: 0 },
    });
    const stalled = await failure({ ...server, limits: { ...limits, firstToken: 60_000 } }, 'gemma3:4b');
    assert.equal(stalled.code, 'server_timeout');
    assert.equal(await fake.seen[1]?.ended, 'disconnected');
  });
});

test('ignores time that the consumer spends', async () => {
  await using({ ...gemma3, answer: () => 'A cat on a roof.' }, [], async (_fake, server) => {
    const chat = createOllamaChat(
      { ...server, limits: { nextToken: 200 } },
      { name: 'gemma3:4b', numCtx: 8192 },
    );
    const pieces: string[] = [];
    for await (const { text } of chat.chat(QUESTION, never)) {
      pieces.push(text);
      // One pause, longer than the limit.
      if (pieces.length === 2) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    assert.equal(pieces.join(''), 'A cat on a roof.');
  });
});
