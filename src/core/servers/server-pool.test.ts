import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { bgeM3, gemma3, llava, textOnly } from '../../../test/fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../../../test/fakes/fake-ollama.ts';
import { startFakeOpenAi } from '../../../test/fakes/fake-openai.ts';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { openEmbedding } from '../engine/open-embedding.ts';
import { openVisionPool } from '../engine/open-vision-pool.ts';
import { NotesightError } from '../errors.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { openVisionCapability } from '../storage/vision-capability.ts';
import { createKnownApis } from './known-apis.ts';
import type { ModelOptions } from './server-models.ts';
import { modelSources, type ModelSources } from './server-pool.ts';

const NOWHERE = 'http://127.0.0.1:1';
const never = new AbortController().signal;

async function serve(t: TestContext, ...models: readonly FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models });
  t.after(() => fake.close());
  return fake;
}

function sourcesOf(
  hosts: readonly string[],
  apis = createKnownApis(),
  options: ModelOptions = {},
): ModelSources {
  const visionCapability = () => openVisionCapability(createMemoryLineFile());
  const servers = hosts.map((host) => ({ host, fetch }));
  return modelSources(servers, { detectLanguage, visionCapability, apis }, options);
}

const open = (sources: ModelSources, named = '') =>
  openVisionPool(sources, { named, atOnce: 2, onLost: () => undefined }, never);
const summary = ({ hosts, unused }: Awaited<ReturnType<typeof open>>) => [
  hosts,
  unused.map(({ host, error }) => `${host} ${error.code}`),
];

test('uses the first server that has the model, and reports those skipped', async (t) => {
  const [textServer, fake] = [await serve(t, textOnly), await serve(t, llava)];
  const sources = sourcesOf([NOWHERE, textServer.url, fake.url]);
  const opened = await open(sources);
  assert.equal(opened.model.name, 'llava:7b');
  assert.deepEqual(summary(opened), [
    [fake.url],
    [`${NOWHERE} server_down`, `${textServer.url} no_vision_model`],
  ]);
  const taken = await sources.first(({ server, list }) => list(never).then(() => server.host), never);
  assert.equal(taken, textServer.url);
});

test('reports the error of the closest match when no server works', async (t) => {
  const textServer = await serve(t, textOnly);
  const locked = await startFakeOpenAi({ key: 'secret', models: [{ name: llava.name }] });
  t.after(() => locked.close());
  await assert.rejects(open(sourcesOf([textServer.url, NOWHERE])), { code: 'no_vision_model' });
  await assert.rejects(open(sourcesOf([NOWHERE, textServer.url])), { code: 'no_vision_model' });
  await assert.rejects(open(sourcesOf([NOWHERE, textServer.url, locked.url])), { code: 'unauthorized' });
  await assert.rejects(open(sourcesOf([textServer.url, NOWHERE]), 'nope'), { code: 'model_missing' });
  await assert.rejects(open(sourcesOf([NOWHERE, textServer.url]), textOnly.name), {
    code: 'model_cannot_see',
  });
});

test('does not try other servers when the server is not at fault', async (t) => {
  const fake = await serve(t, llava);
  const sources = sourcesOf([fake.url, NOWHERE]);
  let calls = 0;
  for (const code of ['cancelled', 'memory_unreadable'] as const) {
    const run = () => {
      calls++;
      return Promise.reject(new NotesightError(code, code));
    };
    await assert.rejects(sources.first(run, never), { code });
  }
  assert.equal(calls, 2);
});

test('shares a batch only between servers with the same model and API', async (t) => {
  const [first, same, other] = [await serve(t, llava), await serve(t, llava, gemma3), await serve(t, gemma3)];
  const openAi = await startFakeOpenAi({ models: [{ name: llava.name }] });
  t.after(() => openAi.close());
  const opened = await open(sourcesOf([first.url, other.url, openAi.url, same.url]));
  assert.deepEqual(summary(opened), [
    [first.url, same.url],
    [`${other.url} model_missing`, `${openAi.url} model_missing`],
  ]);
  assert.equal(opened.model.atOnce, 4);
  assert.deepEqual([opened.model.engine, opened.model.name], ['ollama', llava.name]);
});

test('detects the API once, and again after a failure', async (t) => {
  const fake = await serve(t, llava);
  const apis = createKnownApis();
  const asked = () => fake.seen.filter(({ path }) => path === '/api/version').length;
  for (const named of ['', '', 'llava:7b']) await open(sourcesOf([fake.url], apis), named);
  assert.equal(asked(), 1);
  await assert.rejects(open(sourcesOf([fake.url], apis), 'nope'), { code: 'model_missing' });
  await open(sourcesOf([fake.url], apis));
  assert.equal(asked(), 2);
});

test('applies user settings to the models of both APIs', async (t) => {
  const openAi = await startFakeOpenAi({ models: [{ name: 'qwen-vl', contextLength: 8000 }] });
  t.after(() => openAi.close());
  const ollama = await serve(t, gemma3);
  const options = { contextLength: 4000, promptAddition: 'Name the plants.' };
  for (const host of [openAi.url, ollama.url]) {
    const sources = sourcesOf([host], createKnownApis(), options);
    const plain = await open(sourcesOf([host]));
    assert.notEqual((await open(sources)).model.version, plain.model.version);
    const { model } = await open(sources);
    const talks = await sources.first(({ conversation }) => conversation(model.name, never), never);
    assert.equal(talks.contextLength, 4000);
  }
});

test('uses the embedding model of the first server that has one', async (t) => {
  const [without, fake] = [await serve(t, llava), await serve(t, bgeM3)];
  const found = await openEmbedding(sourcesOf([NOWHERE, without.url, fake.url]), never);
  assert.deepEqual([found?.host, found?.name], [fake.url, bgeM3.name]);
  assert.equal(await openEmbedding(sourcesOf([NOWHERE, without.url]), never), null);
  await assert.rejects(openEmbedding(sourcesOf([NOWHERE]), never), { code: 'server_down' });
});

test('downloads models only on Ollama', async (t) => {
  const openAi = await startFakeOpenAi({ models: [{ name: 'qwen-vl' }] });
  t.after(() => openAi.close());
  const source = await sourcesOf([openAi.url]).first((each) => Promise.resolve(each), never);
  assert.throws(() => source.pull('llava', never), { code: 'pull_failed' });
});
