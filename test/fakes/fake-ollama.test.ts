import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';

import { cloud, gemma3, textOnly, unloadable } from './fake-models.ts';
import { type FakeOllama, type FakeOllamaOptions, startFakeOllama } from './fake-ollama.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64');

async function using(options: FakeOllamaOptions, body: (server: FakeOllama) => Promise<void>): Promise<void> {
  const server = await startFakeOllama(options);
  try {
    await body(server);
  } finally {
    await server.close();
  }
}

async function post(server: FakeOllama, path: string, body: unknown): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

function ask(model: string, more: Record<string, unknown> = {}, images: string[] = [PNG]): object {
  return { model, messages: [{ role: 'user', content: 'What is this?', images }], ...more };
}

async function statusAndError(response: Response): Promise<unknown[]> {
  const body: unknown = await response.json();
  return [response.status, body instanceof Object && 'error' in body ? body.error : body];
}

async function lines(response: Response): Promise<Record<string, unknown>[]> {
  return (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function content(list: Record<string, unknown>[]): string {
  return list.map(({ message }) => (message as { content?: string } | undefined)?.content ?? '').join('');
}

/** fetch sets the Host header itself and does not allow overriding it. */
function get(port: number, headers: Record<string, string>, method = 'GET'): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, method, path: '/api/version', headers }, (response) => {
      response.resume().once('end', () => {
        resolve([response.statusCode, response.headers['access-control-allow-origin'] ?? null]);
      });
    })
      .once('error', reject)
      .end();
  });
}

test('streams a chat as NDJSON with a final line of counts', async () => {
  await using({ models: [{ ...gemma3, answer: () => 'Кот на крыше.' }] }, async (server) => {
    const response = await post(server, '/api/chat', ask('gemma3:4b'));
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
    const list = await lines(response);
    assert.equal(content(list), 'Кот на крыше.');
    assert.deepEqual(Object.keys(list[0] ?? {}), ['model', 'created_at', 'message', 'done']);
    const last = list.at(-1);
    assert.deepEqual([last?.['done'], last?.['done_reason']], [true, 'stop']);
    assert.equal(last?.['prompt_eval_count'], 256 + 4);
  });
});

test('splits chunks within characters and lines', async () => {
  await using({ models: [{ ...gemma3, answer: () => 'Кот на крыше. '.repeat(20) }] }, async (server) => {
    const response = await post(server, '/api/chat', ask('gemma3:4b'));
    const broken: boolean[] = [];
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of response.body ?? []) {
      try {
        decoder.decode(chunk as Uint8Array);
      } catch {
        broken.push(true);
      }
    }
    assert.ok(broken.length > 0);
  });
});

test('sends headers only with the first token', async () => {
  await using({ models: [gemma3] }, async (server) => {
    server.next({ kind: 'hang' });
    const stop = new AbortController();
    const pending = fetch(`${server.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify(ask('gemma3:4b')),
      signal: stop.signal,
    });
    while (server.chats.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await assert.rejects(pending, { name: 'AbortError' });
    assert.equal(await server.seen[0]?.ended, 'disconnected');
  });
});

test('returns one JSON value without streaming', async () => {
  await using({ models: [{ ...gemma3, answer: () => 'A cat.' }] }, async (server) => {
    const response = await post(server, '/api/chat', ask('gemma3:4b', { stream: false }));
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    const body = (await response.json()) as { message: unknown; done_reason: string };
    assert.deepEqual(body.message, { role: 'assistant', content: 'A cat.' });
    assert.equal(body.done_reason, 'stop');
  });
});

test('answers a schema with JSON that num_predict truncates', async () => {
  await using({ models: [gemma3] }, async (server) => {
    const format = { type: 'object', properties: { alt: { type: 'string' } } };
    const whole = content(await lines(await post(server, '/api/chat', ask('gemma3:4b', { format }))));
    assert.match((JSON.parse(whole) as { alt: string }).alt, /^A test image/);
    const cut = await lines(
      await post(server, '/api/chat', ask('gemma3:4b', { format, options: { num_predict: 8 } })),
    );
    assert.throws(() => JSON.parse(content(cut)) as unknown, SyntaxError);
    assert.equal(cut.at(-1)?.['done_reason'], 'length');
  });
});

test('answers in the language of the question', async () => {
  await using({ models: [gemma3] }, async (server) => {
    const messages = [{ role: 'user', content: 'Write it in Russian (русский).', images: [PNG] }];
    const response = await post(server, '/api/chat', { model: 'gemma3:4b', messages });
    assert.match(content(await lines(response)), /^Проверочное изображение с меткой [0-9a-f]{8}\.$/);
  });
});

test('can answer depending on the image', async () => {
  await using(
    { models: [{ ...gemma3, answer: ({ images }) => `${images[0]?.length} bytes` }] },
    async (server) => {
      assert.equal(
        content(await lines(await post(server, '/api/chat', ask('gemma3:4b')))),
        `${Buffer.from(PNG, 'base64').length} bytes`,
      );
    },
  );
});

test('rejects requests with the messages of the real server', async () => {
  const native = { ...textOnly, name: 'native:1b', path: 'native' as const };
  await using({ models: [gemma3, textOnly, native, cloud, unloadable] }, async (server) => {
    const cases: [string, unknown, number, string][] = [
      ['/api/chat', ask('nope'), 404, "model 'nope' not found"],
      ['/api/generate', { model: 'nope', prompt: '' }, 404, "model 'nope' not found"],
      ['/api/show', { model: 'nope' }, 404, "model 'nope:latest' not found"],
      ['/api/chat', { messages: [] }, 400, 'model is required'],
      ['/api/chat', '', 400, 'missing request body'],
      ['/api/chat', '{bad', 400, "invalid character 'b' looking for beginning of object key string"],
      [
        '/api/chat',
        { model: 'gemma3:4b', messages: [{ role: 'user', content: [] }] },
        400,
        'json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string',
      ],
      [
        '/api/chat',
        ask('gemma3:4b', {}, [`data:image/png;base64,${PNG}`]),
        400,
        'illegal base64 data at input byte 4',
      ],
      ['/api/chat', ask('gemma3:4b', {}, ['!!!!']), 400, 'illegal base64 data at input byte 0'],
      ['/api/chat', ask('gemma3:4b', { think: true }), 400, '"gemma3:4b" does not support thinking'],
      [
        '/api/chat',
        ask('gemma3:4b', { format: 'xml' }),
        500,
        'invalid format: "\\"xml\\""; expected "json" or a valid JSON Schema object',
      ],
      [
        '/api/chat',
        ask('gemma3:4b', {}, [Buffer.from('<svg/>').toString('base64')]),
        400,
        '{"error":{"code":400,"message":"Failed to load image or audio file","type":"invalid_request_error"}}',
      ],
      [
        '/api/chat',
        ask('llama3.2:3b'),
        400,
        '{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests.","type":"invalid_request_error"}}',
      ],
      [
        '/api/chat',
        ask('native:1b'),
        500,
        '{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}',
      ],
      [
        '/api/chat',
        ask('gemma3:4b', { options: { num_ctx: 2048 } }, Array<string>(10).fill(PNG)),
        400,
        '{"error":{"code":400,"message":"request (2564 tokens) exceeds the available context size (2048 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":2564,"n_ctx":2048}}',
      ],
      ['/api/chat', ask('qwen3-vl:235b-cloud'), 401, 'unauthorized'],
      [
        '/api/chat',
        ask('llama3.2-vision:11b'),
        500,
        "llama-server process has terminated: exit status 1: error loading model: unknown model architecture: 'mllama'",
      ],
    ];
    for (const [path, body, status, error] of cases) {
      assert.deepEqual(await statusAndError(await post(server, path, body)), [status, error]);
    }
    const other = await post(server, '/v1/systemone', {});
    assert.deepEqual([other.status, await other.text()], [404, '404 page not found']);
  });
});

test('requires padded base64', async () => {
  await using({ models: [gemma3] }, async (server) => {
    const unpadded = Buffer.alloc(185, 1).toString('base64').replace(/=+$/, '');
    assert.deepEqual(
      await statusAndError(await post(server, '/api/chat', ask('gemma3:4b', {}, [unpadded]))),
      [400, 'illegal base64 data at input byte 244'],
    );
  });
});

test('limits the context between 2,048 tokens and the trained maximum', async () => {
  await using(
    {
      models: [
        {
          ...gemma3,
          name: 'small:1b',
          modelInfo: { 'gemma3.context_length': 3000 },
          imageTokens: () => 2990,
        },
      ],
    },
    async (server) => {
      const [, error] = await statusAndError(
        await post(server, '/api/chat', {
          model: 'small:1b',
          options: { num_ctx: 8192 },
          messages: [{ role: 'user', content: 'x'.repeat(100), images: [PNG] }],
        }),
      );
      assert.match(
        String(error),
        /request \(3015 tokens\) exceeds the available context size \(3000 tokens\)/,
      );
      await post(server, '/api/chat', {
        model: 'small:1b',
        options: { num_ctx: 100 },
        messages: [{ role: 'user', content: 'x' }],
      }).then((response) => response.text());
      const ps = (await (await fetch(`${server.url}/api/ps`)).json()) as {
        models: { name: string; context_length: number }[];
      };
      assert.deepEqual(
        ps.models.map(({ name, context_length }) => [name, context_length]),
        [['small:1b', 2048]],
      );
    },
  );
});

test('ends a rendered stream without done after 30 repeated tokens, but not a native one', async () => {
  const native = { ...gemma3, name: 'native:4b', path: 'native' as const };
  await using({ models: [gemma3, native] }, async (server) => {
    server.next({ kind: 'loop', before: '', words: 'la ' }, { kind: 'loop', before: '', words: 'la ' });
    const rendered = await lines(await post(server, '/api/chat', ask('gemma3:4b')));
    assert.equal(content(rendered), 'la '.repeat(30));
    assert.equal(rendered.at(-1)?.['done'], false);
    const on = await lines(
      await post(server, '/api/chat', ask('native:4b', { options: { num_predict: 99 } })),
    );
    assert.equal(content(on), 'la '.repeat(99));
    assert.equal(on.at(-1)?.['done_reason'], 'length');
  });
});

test('can be busy, crash, end early and drop the connection', async () => {
  await using({ models: [{ ...gemma3, answer: () => 'A cat on a roof.' }] }, async (server) => {
    server.next(
      { kind: 'busy' },
      { kind: 'crash', after: 2 },
      { kind: 'eof', after: 2 },
      { kind: 'drop', after: 2 },
    );
    assert.deepEqual(await statusAndError(await post(server, '/api/chat', ask('gemma3:4b'))), [
      503,
      'server busy, please try again.  maximum pending requests exceeded',
    ]);
    const crashed = await lines(await post(server, '/api/chat', ask('gemma3:4b')));
    assert.deepEqual(crashed.at(-1), {
      error: 'an error was encountered while running the model: unexpected EOF',
    });
    const ended = await lines(await post(server, '/api/chat', ask('gemma3:4b')));
    assert.deepEqual([content(ended), ended.at(-1)?.['done']], ['A cat on', false]);
    const dropped = await post(server, '/api/chat', ask('gemma3:4b'));
    await assert.rejects(dropped.text());
  });
});

test('queues and counts requests to one model', async () => {
  await using({ models: [gemma3], tokenDelay: 2 }, async (server) => {
    const times = await Promise.all(
      [1, 2, 3].map(async () => {
        const list = await lines(await post(server, '/api/chat', ask('gemma3:4b')));
        return { first: String(list[0]?.['created_at']), last: String(list.at(-1)?.['created_at']) };
      }),
    );
    times.sort((a, b) => (a.first < b.first ? -1 : 1));
    for (const [index, { first }] of times.entries()) assert.ok(first >= (times[index - 1]?.last ?? ''));
    assert.deepEqual(server.concurrency, { now: 0, max: 3 });
  });
});

test('reports capabilities only in versions that support it', async () => {
  const where = async (capabilitiesIn: 'tags' | 'show' | 'none'): Promise<boolean[]> => {
    const found: boolean[] = [];
    await using({ models: [gemma3], capabilitiesIn }, async (server) => {
      const tags = (await (await fetch(`${server.url}/api/tags`)).json()) as { models: object[] };
      const show = (await (await post(server, '/api/show', { model: 'gemma3:4b' })).json()) as object;
      found.push('capabilities' in (tags.models[0] ?? {}), 'capabilities' in show);
    });
    return found;
  };
  assert.deepEqual(await where('tags'), [true, true]);
  assert.deepEqual(await where('show'), [false, true]);
  assert.deepEqual(await where('none'), [false, false]);
});

test('loads and unloads on an empty prompt', async () => {
  await using({ models: [gemma3] }, async (server) => {
    const loaded = async (): Promise<number> =>
      ((await (await fetch(`${server.url}/api/ps`)).json()) as { models: object[] }).models.length;
    await post(server, '/api/generate', { model: 'gemma3:4b', prompt: '' });
    assert.equal(await loaded(), 1);
    await post(server, '/api/generate', { model: 'gemma3:4b', prompt: '', keep_alive: 0 });
    assert.equal(await loaded(), 0);
  });
});

test('reports the layers of a pull in turn, and a failure in its last line', async () => {
  await using({ library: [{ model: gemma3, layers: [1000, 50] }] }, async (server) => {
    const list = await lines(await post(server, '/api/pull', { model: 'gemma3:4b' }));
    assert.deepEqual(list[0], { status: 'pulling manifest' });
    assert.deepEqual(
      list.flatMap(({ total, completed }) => (total === undefined ? [] : [[total, completed]])),
      [
        [1000, undefined],
        [50, undefined],
        [1000, 250],
        [50, 13],
        [1000, 600],
        [50, 30],
        [1000, 1000],
        [50, 50],
      ],
    );
    assert.deepEqual(list.at(-1), { status: 'success' });
    const failed = await post(server, '/api/pull', { model: 'nope-model-xyz' });
    assert.equal(failed.status, 200);
    assert.deepEqual((await lines(failed)).at(-1), {
      error:
        'pull model manifest: Get "https://registry.ollama.ai/v2/library/nope-model-xyz/manifests/latest": dial tcp: lookup registry.ollama.ai on 127.0.0.1:53: no such host',
    });
  });
});

test('allows origins and hosts as measured', async () => {
  await using({}, async (server) => {
    const origins: [string, boolean][] = [
      ['app://obsidian.md', true],
      ['capacitor://localhost', false],
      ['http://localhost', true],
      ['vscode-webview://1abc', true],
      ['vscode-file://vscode-app', true],
      ['file://', true],
      ['null', false],
      ['https://example.com', false],
      ['tauri://localhost', true],
      ['chrome-extension://abc', false],
    ];
    for (const [origin, allowed] of origins) {
      const expected = (status: number): unknown[] => (allowed ? [status, origin] : [403, null]);
      assert.deepEqual(await get(server.port, { origin }), expected(200), origin);
      assert.deepEqual(await get(server.port, { origin }, 'OPTIONS'), expected(204), origin);
    }
    const hosts: [string, number][] = [
      ['localhost:11434', 200],
      ['127.0.0.1:11434', 200],
      ['myhost.lan:11434', 403],
      ['pc.local:11434', 200],
      ['192.168.1.5:11434', 200],
      ['example.com', 403],
    ];
    for (const [host, status] of hosts)
      assert.deepEqual(await get(server.port, { host }), [status, null], host);
  });
});
