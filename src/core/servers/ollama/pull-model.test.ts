import assert from 'node:assert/strict';
import { test } from 'node:test';

import { gemma3 } from '../../../../test/fakes/fake-models.ts';
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from '../../../../test/fakes/fake-ollama.ts';
import { listModels } from './list-models.ts';
import { pullModel, type PullProgress } from './pull-model.ts';

const never = new AbortController().signal;
const library = [{ model: gemma3, layers: [1000, 50] }];

async function using(options: FakeOllamaOptions, body: (fake: FakeOllama) => Promise<void>): Promise<void> {
  const fake = await startFakeOllama({ library, ...options });
  try {
    await body(fake);
  } finally {
    await fake.close();
  }
}

async function all(pulling: AsyncIterable<PullProgress>): Promise<PullProgress[]> {
  const steps: PullProgress[] = [];
  for await (const step of pulling) steps.push(step);
  return steps;
}

test('reports progress as the sum of all layers, never decreasing', async () => {
  await using({}, async (fake) => {
    const server = { host: fake.url, fetch };
    const steps = await all(pullModel(server, 'gemma3:4b', never));
    assert.deepEqual(
      steps.map(({ completedBytes }) => completedBytes),
      [0, 0, 0, 250, 263, 613, 630, 1030, 1050, 1050, 1050, 1050],
    );
    assert.equal(steps[2]?.totalBytes, 1050);
    assert.equal(steps.at(-1)?.status, 'success');
    assert.deepEqual(
      (await listModels(server, never)).map(({ name }) => name),
      ['gemma3:4b'],
    );
  });
});

test('reports why a download failed', async () => {
  await using({}, async (fake) => {
    const pulling = pullModel({ host: fake.url, fetch }, 'nope', never);
    await assert.rejects(
      async () => {
        for await (const step of pulling) assert.equal(step.status, 'pulling manifest');
      },
      (error: Error & { code?: string; data?: Record<string, unknown> }) => {
        assert.equal(error.code, 'pull_failed');
        assert.equal(error.data?.['model'], 'nope');
        assert.match(String(error.data['detail']), /no such host$/);
        return true;
      },
    );
  });
});

test('fails when a download ends before it is done', async () => {
  const half: typeof fetch = () => Promise.resolve(new Response('{"status":"pulling manifest"}\n'));
  await assert.rejects(
    async () => {
      await all(pullModel({ host: 'http://127.0.0.1:1', fetch: half }, 'a', never));
    },
    { code: 'pull_failed' },
  );
});

test('stops the download on the server when it is canceled', async () => {
  await using({ tokenDelay: 1 }, async (fake) => {
    const stop = new AbortController();
    await assert.rejects(
      async () => {
        for await (const { completedBytes } of pullModel(
          { host: fake.url, fetch },
          'gemma3:4b',
          stop.signal,
        )) {
          if (completedBytes > 0) stop.abort();
        }
      },
      { code: 'cancelled' },
    );
    assert.equal(await fake.seen[0]?.ended, 'disconnected');
  });
});

test('reports a server that is down instead of a failed download', async () => {
  const down: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));
  await assert.rejects(
    async () => {
      await all(pullModel({ host: 'http://127.0.0.1:1', fetch: down }, 'a', never));
    },
    { code: 'server_down' },
  );
});
