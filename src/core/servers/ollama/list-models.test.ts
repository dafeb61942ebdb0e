import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { cloud, gemma3, llava, qwen25vl, textOnly, unloadable } from '../../../../test/fakes/fake-models.ts';
import { type FakeOllamaOptions, startFakeOllama } from '../../../../test/fakes/fake-ollama.ts';
import { isCloudName, listModels } from './list-models.ts';
import { showModel } from './show-model.ts';

/** The digest that the fake server generates. */
const digestOf = (name: string) => createHash('sha256').update(name).digest('hex');

const never = new AbortController().signal;
const models = [gemma3, llava, textOnly, cloud, unloadable];

async function list(options: FakeOllamaOptions): Promise<unknown[]> {
  const fake = await startFakeOllama({ models, ...options });
  try {
    return await listModels({ host: fake.url, fetch }, never);
  } finally {
    await fake.close();
  }
}

test('reports which models support images, are in memory or run in the cloud', async () => {
  assert.deepEqual(await list({ models: [gemma3, textOnly, cloud], loaded: [gemma3.name] }), [
    {
      name: 'gemma3:4b',
      digest: digestOf('gemma3:4b'),
      sizeBytes: 3_338_801_804,
      family: 'gemma3',
      parameters: '4.3B',
      supportsImages: true,
      canChat: true,
      canEmbed: false,
      guessed: false,
      cloud: false,
      loaded: true,
    },
    {
      name: 'llama3.2:3b',
      digest: digestOf('llama3.2:3b'),
      sizeBytes: 2_019_393_189,
      family: 'llama',
      parameters: '3.2B',
      supportsImages: false,
      canChat: true,
      canEmbed: false,
      guessed: false,
      cloud: false,
      loaded: false,
    },
    {
      name: 'qwen3-vl:235b-cloud',
      digest: digestOf('qwen3-vl:235b-cloud'),
      sizeBytes: 384,
      family: 'qwen3vlmoe',
      parameters: '235B',
      supportsImages: true,
      canChat: true,
      canEmbed: false,
      guessed: false,
      cloud: true,
      loaded: false,
    },
  ]);
});

test('detects image support on servers of every version', async () => {
  const seeing = async (capabilitiesIn: 'tags' | 'show' | 'none'): Promise<unknown[]> =>
    (await list({ capabilitiesIn, models: [gemma3, llava, textOnly, unloadable] })).map(
      (model) => (model as { supportsImages: boolean }).supportsImages,
    );
  for (const age of ['tags', 'show', 'none'] as const) {
    assert.deepEqual(await seeing(age), [true, true, false, true], age);
  }
});

test('recognizes a cloud model by its name', async () => {
  const named = { name: cloud.name };
  const [listed] = await list({ models: [named] });
  assert.equal((listed as { cloud: boolean }).cloud, true);
  assert.deepEqual(
    ['qwen3-vl:235b-cloud', 'gpt-oss:cloud', 'cloud:7b', 'my-cloud-model:1b'].map(isCloudName),
    [true, true, false, false],
  );
});

test('reports a server that is not Ollama', async () => {
  const host = 'http://127.0.0.1:1';
  const answer =
    (body: string): typeof fetch =>
    () =>
      Promise.resolve(new Response(body));
  for (const body of ['<html>', '{}', '{"models":[{}]}', 'null']) {
    await assert.rejects(listModels({ host, fetch: answer(body) }, never), { code: 'server_error' });
  }
});

test('limits the time for a complete answer about the server', async () => {
  const silent: typeof fetch = (_input, init) =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"models":'));
            init?.signal?.addEventListener('abort', () => {
              controller.error(init.signal?.reason);
            });
          },
        }),
      ),
    );
  const server = { host: 'http://127.0.0.1:1', fetch: silent, limits: { discovery: 20 } };
  await assert.rejects(listModels(server, never), { code: 'server_timeout' });
});

test('reads facts from the model file and its projector file', async () => {
  const fake = await startFakeOllama({ models: [llava, qwen25vl] });
  try {
    const facts = await showModel({ host: fake.url, fetch }, 'llava:7b', never);
    assert.deepEqual(
      [facts.supportsImages, facts.family, facts.contextLength, facts.projector['clip.projector_type']],
      [true, 'llama', 4096, 'mlp'],
    );
    await assert.rejects(showModel({ host: fake.url, fetch }, 'nope', never), {
      code: 'model_missing',
      data: { host: fake.url, model: 'nope', status: 404, detail: "model 'nope:latest' not found" },
    });
  } finally {
    await fake.close();
  }
});
