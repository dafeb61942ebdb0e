import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';

import { startFakeOllama } from '../../../../test/fakes/fake-ollama.ts';
import {
  type FakeOpenAi,
  type FakeOpenAiOptions,
  startFakeOpenAi,
} from '../../../../test/fakes/fake-openai.ts';
import { createMemoryLineFile } from '../../../../test/fakes/memory-line-file.ts';
import { isVisionName } from '../../model/families/vision-name.ts';
import { openVisionCapability, type VisionCapability } from '../../storage/vision-capability.ts';
import { detectApi } from '../detect-api.ts';
import type { ModelServer } from '../model-server.ts';
import { listOpenAiModels } from './list-openai-models.ts';
import { createOpenAiConversationModel } from './openai-conversation-model.ts';
import { createOpenAiEmbeddingModel } from './openai-embedding-model.ts';
import { type OpenAiFacts, showOpenAiModel } from './show-openai-model.ts';

const never = new AbortController().signal;

async function started(t: TestContext, options: FakeOpenAiOptions): Promise<FakeOpenAi> {
  const fake = await startFakeOpenAi(options);
  t.after(() => fake.close());
  return fake;
}

const CLOSED = { error: 'closed' };

/** A server that answers with JSON, with 401 for CLOSED, and with 404 for unknown paths. */
async function answering(t: TestContext, answers: (path: string) => unknown): Promise<string> {
  const server = createServer((request, response) => {
    const answer = answers(request.url ?? '');
    response.writeHead(answer === undefined ? 404 : answer === CLOSED ? 401 : 200, {
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(answer ?? { error: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("reads model facts in every server's format", async (t) => {
  const cases: [unknown, unknown, boolean, boolean, number | null][] = [
    [
      { id: 'm', owned_by: 'llamacpp' },
      { modalities: { vision: true }, default_generation_settings: { n_ctx: 4096 } },
      true,
      false,
      4096,
    ],
    [{ id: 'llava', owned_by: 'llamacpp' }, { modalities: { vision: false } }, false, false, null],
    [
      {
        id: 'm',
        owned_by: 'llamacpp',
        meta: { n_ctx: 2048 },
        architecture: { input_modalities: ['text', 'image'] },
      },
      undefined,
      true,
      false,
      2048,
    ],
    [{ id: 'm', owned_by: 'vllm', max_model_len: 32_768 }, undefined, false, true, 32_768],
    [{ id: 'Qwen/Qwen2.5-VL-7B-Instruct', owned_by: 'vllm' }, undefined, true, true, null],
    [
      { id: 'm', context_length: 1000, architecture: { input_modalities: ['text'] } },
      undefined,
      false,
      false,
      1000,
    ],
  ];
  for (const [model, props, supportsImages, guessed, contextLength] of cases) {
    const host = await answering(t, (path) =>
      path === '/v1/models' ? { data: [model] } : path.startsWith('/props') ? props : undefined,
    );
    const [listed] = await listOpenAiModels({ host, fetch }, never);
    assert.deepEqual(
      [listed?.supportsImages, listed?.guessed, listed?.contextLength],
      [supportsImages, guessed, contextLength],
      JSON.stringify(model),
    );
  }
});

test('detects image support of a llama-server before 2026', async (t) => {
  const models = [{ name: 'm', capabilities: ['completion', 'multimodal'] }];
  const host = await answering(t, (path) =>
    path === '/v1/models' ? { data: [{ id: 'm' }], models } : undefined,
  );
  assert.equal((await listOpenAiModels({ host, fetch }, never))[0]?.supportsImages, true);
});

test('does not load a model to list it', async (t) => {
  const asked: string[] = [];
  const data = [{ id: 'm', owned_by: 'llamacpp', status: { value: 'unloaded' } }];
  const host = await answering(t, (path) => {
    asked.push(path);
    return { data };
  });
  assert.equal((await listOpenAiModels({ host, fetch }, never))[0]?.loaded, false);
  assert.deepEqual(asked, ['/v1/models']);
});

test('reports embedding models as unable to chat', async (t) => {
  const fake = await started(t, {
    models: [{ name: 'bge-m3', embed: (text) => [text.length, 1] }],
    tells: 'names',
  });
  const server = { host: fake.url, fetch };
  const [model] = await listOpenAiModels(server, never);
  assert.deepEqual([model?.canEmbed, model?.canChat, model?.supportsImages], [true, false, false]);
  const embedding = createOpenAiEmbeddingModel(server, 'bge-m3');
  assert.deepEqual(await embedding.embed(['a', 'bcd'], 'document', never), [
    [1, 1],
    [3, 1],
  ]);
});

const factsOf = (server: ModelServer, visionCapability: VisionCapability): OpenAiFacts => ({
  visionCapability,
  list: (signal) => listOpenAiModels(server, signal),
});

test('probes image support once when the server does not report it', async (t) => {
  const fake = await started(t, {
    models: [{ name: 'seer' }, { name: 'reader', sees: false }],
    tells: 'names',
  });
  const server = { host: fake.url, fetch };
  const file = createMemoryLineFile();
  const shown = async (name: string) =>
    showOpenAiModel(server, name, factsOf(server, await openVisionCapability(file)), never);
  const probes = (): number => fake.seen.filter(({ path }) => path === '/v1/chat/completions').length;

  assert.equal((await shown('seer')).supportsImages, true);
  assert.deepEqual([probes(), fake.chats[0]?.options['max_tokens']], [1, 1]);
  // In another process.
  assert.equal((await shown('seer')).supportsImages, true);
  assert.equal(probes(), 1);
  // The server may have a projector the next time it starts.
  for (const count of [2, 3]) {
    assert.equal((await shown('reader')).supportsImages, false);
    assert.equal(probes(), count);
  }
  assert.equal(file.lines.length, 1);
});

test('rejects when the probe fails with an unrelated error', async (t) => {
  const fake = await started(t, { models: [{ name: 'm' }], tells: 'names' });
  fake.next({ kind: 'raw', status: 401, type: 'application/json', body: '{}' });
  const visionCapability = await openVisionCapability(createMemoryLineFile());
  const server = { host: fake.url, fetch };
  await assert.rejects(showOpenAiModel(server, 'm', factsOf(server, visionCapability), never), {
    code: 'unauthorized',
  });
});

test("limits a conversation to the server's context or a shorter setting", async (t) => {
  const visionCapability = await openVisionCapability(createMemoryLineFile());
  for (const [contextLength, asked, expected] of [
    [4096, undefined, 4096],
    [4096, 8192, 4096],
    [4096, 2048, 2048],
  ] as const) {
    const fake = await started(t, { models: [{ name: 'm', contextLength }] });
    const server = { host: fake.url, fetch };
    const options = { ...factsOf(server, visionCapability), contextLength: asked };
    const model = await createOpenAiConversationModel(server, 'm', options, never);
    assert.equal(model.contextLength, expected);
  }
  const silent = await started(t, { models: [{ name: 'm' }], tells: 'names' });
  const server = { host: silent.url, fetch };
  const model = await createOpenAiConversationModel(server, 'm', factsOf(server, visionCapability), never);
  assert.equal(model.contextLength, 8192);
});

test('detects image support by name', () => {
  const see = [
    'qwen2.5-vl-7b-instruct',
    'Qwen3-VL',
    'google/gemma-3-4b',
    'llava-1.5',
    'minicpm-v-2_6',
    'pixtral-12b',
    'smolvlm2',
    'internvl3-8b',
    'llama-3.2-11b-vision',
    'mistral-small-3.2',
  ];
  const textOnly = ['qwen2.5-7b', 'gemma-3-1b-it', 'gemma-3n-e4b', 'mistral-7b', 'llama-3.1-8b', 'phi-4'];
  assert.deepEqual(
    see.filter((name) => !isVisionName(name.toLowerCase())),
    [],
  );
  assert.deepEqual(
    textOnly.filter((name) => isVisionName(name)),
    [],
  );
});

test('detects the API from the answers of a server', async (t) => {
  const recognize = (host: string) => detectApi({ host, fetch }, never);
  const ollama = await startFakeOllama({});
  t.after(() => ollama.close());
  assert.equal(await recognize(ollama.url), 'ollama');
  assert.equal(await recognize(`${ollama.url}/api`), 'ollama');
  for (const tells of ['all', 'context', 'names'] as const) {
    const fake = await started(t, { models: [{ name: 'm' }], tells });
    assert.equal(await recognize(fake.url), 'openai');
    assert.equal(await recognize(`${fake.url}/v1`), 'openai');
    assert.equal(fake.seen.filter(({ path }) => path === '/api/version').length, 1);
  }
  const locked = await started(t, { models: [{ name: 'm' }], key: 'secret' });
  await assert.rejects(recognize(locked.url), { code: 'unauthorized' });
  const gateway = await answering(t, (path) => (path === '/v1/models' ? { data: [{ id: 'm' }] } : CLOSED));
  assert.equal(await recognize(gateway), 'openai');
  const below = await answering(t, (path) => (path === '/api/v1/models' ? { data: [{ id: 'm' }] } : CLOSED));
  assert.equal(await recognize(`${below}/api`), 'openai');
  const other = await answering(t, () => ({ hello: 'world' }));
  await assert.rejects(recognize(other), { code: 'server_error' });
  await assert.rejects(recognize('http://127.0.0.1:1'), { code: 'server_down' });
  // Ollama sends an empty body when it rejects a request, here because of its origin.
  const strange: typeof fetch = (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('Origin', 'https://example.com');
    return fetch(url, { ...init, headers });
  };
  await assert.rejects(detectApi({ host: ollama.url, fetch: strange }, never), {
    code: 'origin_refused',
  });
});
