import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import { failureOf, lastDelta, PNG, QUESTION, wholeAnswer } from '../../../../test/chat-answers.ts';
import {
  type FakeOpenAi,
  type FakeOpenAiOptions,
  type OpenAiBehavior,
  startFakeOpenAi,
} from '../../../../test/fakes/fake-openai.ts';
import { withHeaders } from '../http/with-headers.ts';
import type { ModelServer } from '../model-server.ts';
import { createOpenAiChat } from './openai-chat.ts';

const NAME = 'tiny-vision';
const never = new AbortController().signal;
const model = { name: NAME, answer: () => 'A cat on a roof.' };

async function using(
  options: Partial<FakeOpenAiOptions>,
  behaviors: OpenAiBehavior[],
  body: (fake: FakeOpenAi, server: ModelServer, pauses: number[]) => Promise<void>,
): Promise<void> {
  const fake = await startFakeOpenAi({ models: [model], ...options });
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

const all = (
  server: ModelServer,
  request = QUESTION,
  chat = createOpenAiChat(server, { name: NAME, takesTemplateArguments: false }),
) => wholeAnswer(chat, request);
const failure = (server: ModelServer, request = QUESTION) => failureOf(() => all(server, request));

test('joins an answer split at any byte', async () => {
  const answer = (): string => 'Ein Kätzchen 🐈 на крыше, 屋根の上。';
  await using({ models: [{ name: NAME, answer }] }, [], async (_fake, server) => {
    assert.deepEqual(await all(server), { text: answer(), end: 'done' });
  });
});

test('reports the number of tokens and, from llama-server, the time', async () => {
  const last = (server: ModelServer) =>
    lastDelta(createOpenAiChat(server, { name: NAME, takesTemplateArguments: false }));
  await using({}, [], async (_fake, server) => {
    const generated = (await last(server))?.generated;
    assert.ok(generated !== undefined && generated.tokens > 1);
    assert.equal(generated.milliseconds, 10 * generated.tokens);
  });
  const choices = [{ message: { content: 'Here.' }, finish_reason: 'stop' }];
  const usage = { completion_tokens: 2 };
  const raw = (body: object) =>
    ({ kind: 'raw', status: 200, type: 'application/json', body: JSON.stringify(body) }) as const;
  await using({}, [raw({ choices, usage }), raw({ choices })], async (_fake, server) => {
    assert.deepEqual((await last(server))?.generated, { tokens: 2, milliseconds: null });
    assert.equal((await last(server))?.generated, undefined);
  });
});

test('sends the image first, and the same request except for the question', async () => {
  await using({}, [], async (fake, server) => {
    const schema = { type: 'object' };
    await all(server, { ...QUESTION, schema });
    assert.deepEqual(fake.chats[0]?.body, {
      model: NAME,
      messages: [
        { role: 'system', content: 'You see.' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG.toString('base64')}` } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
      stream: true,
      max_tokens: 100,
      temperature: 0,
      seed: 1,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    });
  });
});

test('disables reasoning when the server supports it', async () => {
  await using({}, [], async (fake, server) => {
    await all(server, QUESTION, createOpenAiChat(server, { name: NAME, takesTemplateArguments: true }));
    assert.deepEqual(fake.chats[0]?.body['chat_template_kwargs'], { enable_thinking: false });
  });
});

test('sends the type of a JPEG and escapes image placeholders in notes', async () => {
  await using({}, [], async (fake, server) => {
    const messages = [
      { role: 'user' as const, content: 'a <__media__> b', images: [Buffer.from('ffd8ffe0', 'hex')] },
    ];
    await all(server, { ...QUESTION, messages });
    assert.match(fake.seen[0]?.body ?? '', /data:image\/jpeg;base64,\/9j\/4A==/);
    assert.equal(fake.chats[0]?.text, 'a < __media__> b');
  });
});

test('accepts an address that ends in /v1', async () => {
  await using({}, [], async (fake, server) => {
    assert.equal((await all({ ...server, host: `${fake.url}/v1` })).text, 'A cat on a roof.');
  });
});

test('retries without a schema when the server rejects it, and stops sending one', async () => {
  await using({ refusesSchema: true }, [], async (fake, server) => {
    const chat = createOpenAiChat(server, { name: NAME, takesTemplateArguments: false });
    for (let time = 0; time < 2; time++) {
      assert.equal(
        (await all(server, { ...QUESTION, schema: { type: 'object' } }, chat)).text,
        'A cat on a roof.',
      );
    }
    const sent = fake.seen.map(({ body }) => body.includes('response_format'));
    assert.deepEqual(sent, [true, false, false]);
  });
});

test('reports the error when a request also fails without a schema', async () => {
  const refusal: OpenAiBehavior = {
    kind: 'raw',
    status: 400,
    type: 'application/json',
    body: '{"error":"No."}',
  };
  await using({}, [refusal, refusal], async (_fake, server) => {
    const { code, data } = await failure(server, { ...QUESTION, schema: { type: 'object' } });
    assert.deepEqual([code, data['detail']], ['server_error', 'No.']);
  });
});

test('accepts an answer without a last event but not a truncated one', async () => {
  const error = 'data: {"error":{"code":500,"message":"out of memory","type":"server_error"}}';
  const cases: [OpenAiBehavior, string | null, string?][] = [
    [{ kind: 'no-done' }, null],
    [{ kind: 'late-drop' }, null],
    [{ kind: 'eof', after: 2 }, 'server_crashed', 'The answer ended in the middle.'],
    [{ kind: 'drop', after: 2 }, 'server_crashed'],
    [{ kind: 'error-event', after: 2, event: error }, 'server_crashed', 'out of memory'],
    [
      { kind: 'error-event', after: 2, event: error.replace('data', 'event: error\ndata') },
      'server_crashed',
      'out of memory',
    ],
    [
      { kind: 'error-event', after: 2, event: 'error: {"message":"old build"}' },
      'server_crashed',
      'old build',
    ],
    [{ kind: 'error-event', after: 2, event: 'data: {' }, 'server_error'],
  ];
  for (const [behavior, code, detail] of cases) {
    await using({}, [behavior], async (_fake, server) => {
      if (code === null) {
        assert.deepEqual(await all(server), { text: 'A cat on a roof.', end: 'done' });
        return;
      }
      const error = await failure(server);
      assert.equal(error.code, code, JSON.stringify(behavior));
      if (detail !== undefined) assert.equal(error.data['detail'], detail);
    });
  }
});

test('reports errors by status, then type and code, then message', async () => {
  const json = (status: number, value: unknown): OpenAiBehavior => ({
    kind: 'raw',
    status,
    type: 'application/json',
    body: JSON.stringify(value),
  });
  const cases: [OpenAiBehavior, string][] = [
    [json(401, { error: { message: 'Invalid API Key', type: 'authentication_error' } }), 'unauthorized'],
    [json(403, { detail: 'Forbidden' }), 'unauthorized'],
    [json(404, { object: 'error', message: 'The model `x` does not exist.', code: 404 }), 'model_missing'],
    [{ kind: 'raw', status: 404, type: 'text/html', body: '<h1>Not found</h1>' }, 'server_error'],
    [json(400, { error: { message: 'No such.', code: 'model_not_found' } }), 'model_missing'],
    [
      json(400, { error: { message: 'Invalid model name passed in model=x. Call `/v1/models`' } }),
      'model_missing',
    ],
    [
      json(400, { error: 'Model does not support images. Please use a model that does.' }),
      'model_cannot_see',
    ],
    [json(400, { error: { message: 'x is not a multimodal model' } }), 'model_cannot_see'],
    [json(200, { error: 'Model does not support images.' }), 'model_cannot_see'],
    [json(400, { error: "'url' field must be a base64 encoded image." }), 'image_unreadable'],
    [json(400, { error: { message: 'Too long.', code: 'context_length_exceeded' } }), 'context_overflow'],
    [json(413, {}), 'request_too_large'],
    [json(402, { error: { message: 'Insufficient credits' } }), 'limit_reached'],
    [json(500, { error: { message: 'failed to load model' } }), 'model_unloadable'],
    [{ kind: 'raw', status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }, 'gateway_down'],
    [{ kind: 'raw', status: 504, type: 'text/html', body: '<h1>Timeout</h1>' }, 'gateway_timeout'],
    [{ kind: 'raw', status: 524, type: 'text/plain', body: 'error code: 524' }, 'gateway_timeout'],
    [{ kind: 'raw', status: 302, type: 'text/html', body: '' }, 'server_error'],
    [{ kind: 'raw', status: 200, type: 'text/html', body: '<h1>Hello</h1>' }, 'server_error'],
    [json(200, { choices: [] }), 'server_error'],
  ];
  for (const [behavior, code] of cases) {
    // Some requests are retried up to three times.
    await using({}, [behavior, behavior, behavior, behavior], async (_fake, server) => {
      const error = await failure(server);
      assert.equal(error.code, code, JSON.stringify(behavior));
      assert.deepEqual(
        [error.data['api'], error.data['host'], error.data['model']],
        ['openai', server.host, NAME],
      );
    });
  }
});

test('reads token counts from the message when there are no fields', async () => {
  const words = [
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4500 in the messages, 500 in the completion).",
    "This model's maximum context length is 4096 tokens and your request has 5000 input tokens.",
    'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
  ];
  for (const message of words) {
    const body = JSON.stringify({ error: { message } });
    await using({}, [{ kind: 'raw', status: 400, type: 'application/json', body }], async (_fake, server) => {
      const { code, data } = await failure(server);
      assert.deepEqual([code, data['nPromptTokens'], data['nCtx']], ['context_overflow', 5000, 4096]);
    });
  }
});

test('retries after 1, 2 and 4 seconds when the server is loading or busy', async () => {
  const loading = '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}';
  const busy = (status: number): OpenAiBehavior => ({
    kind: 'raw',
    status,
    type: 'application/json',
    body: loading,
  });
  await using({}, [busy(503), busy(429), busy(503)], async (_fake, server, pauses) => {
    assert.equal((await all(server)).text, 'A cat on a roof.');
    assert.deepEqual(pauses, [1000, 2000, 4000]);
  });
  await using({}, [busy(503), busy(503), busy(503), busy(503)], async (_fake, server) => {
    const { code, data } = await failure(server);
    assert.deepEqual([code, data['detail']], ['server_busy', 'Loading model']);
  });
});

test('sends a key and reports when it is missing', async () => {
  await using({ key: 'secret' }, [], async (fake, server) => {
    assert.equal((await failure(server)).code, 'unauthorized');
    const keyed = { ...server, fetch: withHeaders(fetch, fake.url, { token: 'secret', headers: [] }) };
    assert.equal((await all(keyed)).text, 'A cat on a roof.');
  });
});

test('reports a server that is not running', async () => {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(free.address() as AddressInfo).port}`;
  await new Promise((resolve) => free.close(resolve));
  assert.equal((await failure({ host, fetch })).code, 'server_down');
});

test('closes the connection when aborted before or after the first byte', async () => {
  for (const behavior of [{ kind: 'hang' }, { kind: 'stall', after: 2 }] as const) {
    await using({}, [behavior], async (fake, server) => {
      const stop = new AbortController();
      const chat = createOpenAiChat(server, { name: NAME, takesTemplateArguments: false });
      const reading = (async () => {
        for await (const { text } of chat.chat(QUESTION, stop.signal)) if (text === 't on') stop.abort();
      })();
      if (behavior.kind === 'hang') {
        while (fake.chats.length === 0) await new Promise((resolve) => setImmediate(resolve));
        stop.abort();
      } else
        setTimeout(() => {
          stop.abort();
        }, 100).unref();
      await assert.rejects(reading, { code: 'cancelled' });
      assert.equal(await fake.seen[0]?.ended, 'disconnected');
    });
  }
});

test('closes the connection at the maximum length or when the loop is left', async () => {
  await using({}, [], async (_fake, server) => {
    assert.deepEqual(await all(server, { ...QUESTION, maxTokens: 2 }), { text: 'A cat on', end: 'length' });
  });
  await using({}, [{ kind: 'stall', after: 2 }], async (fake, server) => {
    const chat = createOpenAiChat(server, { name: NAME, takesTemplateArguments: false });
    for await (const { text } of chat.chat(QUESTION, never)) {
      assert.equal(text, 'A ca');
      break;
    }
    assert.equal(await fake.seen[0]?.ended, 'disconnected');
  });
});

test('limits silence before the first token and between tokens', async () => {
  await using({}, [{ kind: 'hang' }, { kind: 'stall', after: 1 }], async (fake, server) => {
    const limits = { firstToken: 60_000, nextToken: 60_000 };
    assert.equal(
      (await failure({ ...server, limits: { ...limits, firstToken: 30 } })).code,
      'server_timeout',
    );
    assert.equal((await failure({ ...server, limits: { ...limits, nextToken: 30 } })).code, 'server_timeout');
    assert.equal(await fake.seen[1]?.ended, 'disconnected');
  });
});
