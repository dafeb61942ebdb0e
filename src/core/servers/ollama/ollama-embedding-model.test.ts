import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bgeM3, cloud, gemma3, textOnly } from '../../../../test/fakes/fake-models.ts';
import { type FakeModel, startFakeOllama } from '../../../../test/fakes/fake-ollama.ts';
import { NotesightError } from '../../errors.ts';
import { chooseEmbeddingModel } from '../../model/families/choose-embedding-model.ts';
import { listModels } from './list-models.ts';
import { createOllamaEmbeddingModel } from './ollama-embedding-model.ts';

const never = new AbortController().signal;
const named = (name: string, more: Partial<FakeModel> = {}): FakeModel => ({ ...bgeM3, name, ...more });

test('returns vectors of the same length in order, with the prefix of the model', async (t) => {
  const fake = await startFakeOllama({ models: [bgeM3, named('nomic-embed-text')] });
  t.after(() => fake.close());
  const server = { host: fake.url, fetch };
  const model = createOllamaEmbeddingModel(server, { name: bgeM3.name, digest: 'abc' }, '10m');
  assert.equal(model.id, 'abc');
  const vectors = await model.embed(['A lighthouse', 'Bread'], 'document', never);
  assert.equal(vectors.length, 2);
  assert.ok((vectors[0]?.[1] ?? 0) > 0.9);
  assert.equal(vectors[1]?.[1], 0);
  assert.deepEqual(JSON.parse(fake.seen.at(-1)?.body ?? ''), {
    model: bgeM3.name,
    input: ['A lighthouse', 'Bread'],
    truncate: true,
    keep_alive: '10m',
  });

  const nomic = createOllamaEmbeddingModel(server, { name: 'nomic-embed-text:latest', digest: '' });
  assert.equal(nomic.id, 'nomic-embed-text:latest');
  await nomic.embed(['sea'], 'query', never);
  await nomic.embed(['sea'], 'document', never);
  const inputs = fake.seen.slice(-2).map(({ body }) => (JSON.parse(body) as { input: string[] }).input);
  assert.deepEqual(inputs, [['search_query: sea'], ['search_document: sea']]);
});

test('reports a model without embeddings, a missing model and an invalid answer', async (t) => {
  const fake = await startFakeOllama({
    models: [textOnly, named('odd', { embed: (text) => (text === 'a' ? [1] : [1, 2]) })],
  });
  t.after(() => fake.close());
  const code = async (name: string) => {
    const model = createOllamaEmbeddingModel({ host: fake.url, fetch }, { name, digest: '' });
    const error: unknown = await model
      .embed(['a', 'b'], 'document', never)
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof NotesightError);
    return error.code;
  };
  assert.equal(await code(textOnly.name), 'server_error');
  assert.equal(await code('nothing'), 'model_missing');
  assert.equal(await code('odd'), 'server_error');
});

test('chooses a multilingual local model that fits', async (t) => {
  const of = async (...models: FakeModel[]) => {
    const fake = await startFakeOllama({ models });
    t.after(() => fake.close());
    return chooseEmbeddingModel(await listModels({ host: fake.url, fetch }, never))?.name;
  };
  assert.equal(await of(gemma3, textOnly), undefined);
  assert.equal(await of(named('all-minilm:22m'), gemma3, named('nomic-embed-text:v1.5'), bgeM3), bgeM3.name);
  assert.equal(await of(named('all-minilm:22m'), named('nomic-embed-text:v1.5')), 'nomic-embed-text:v1.5');
  assert.equal(await of(named('bge-m3:huge', { sizeBytes: 5e9 }), named('all-minilm:22m')), 'all-minilm:22m');
  const { remote } = cloud;
  assert.ok(remote);
  assert.equal(await of(named('embed-cloud', { remote })), undefined);
});
