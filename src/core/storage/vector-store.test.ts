import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { openVectorStore, quantize } from './vector-store.ts';

test('returns stored vectors of the same model after reopening', async () => {
  const vector = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }), vector, { minKeys: 1 }), async (vectors) => {
      const file = createMemoryLineFile();
      const texts = Object.keys(vectors);
      const store = await openVectorStore(file, 'm');
      await store.put(
        texts,
        Object.values(vectors).map((values) => Int8Array.from(values)),
      );
      for (const opened of [store, await openVectorStore(file, 'm')])
        for (const text of texts) assert.deepEqual([...(opened.get(text) ?? [])], vectors[text]);
      assert.equal((await openVectorStore(file, 'other')).get(texts[0] ?? ''), undefined);
    }),
  );
});

test('ignores torn, foreign and invalid lines', async () => {
  const file = createMemoryLineFile();
  await (await openVectorStore(file, 'm')).put(['a'], [Int8Array.of(1, 2)]);
  const [good = ''] = file.lines;
  file.lines.push(
    good.slice(0, 20),
    '[]',
    '{"v":2,"model":"m","texts":["b"],"vectors":"AAA="}',
    '{"v":1,"model":"m","texts":["b"],"vectors":"?"}',
    '{"v":1,"model":"m","texts":[],"vectors":""}',
    '{"v":1,"model":"m","texts":["x","y"],"vectors":"AAAA"}',
  );
  const store = await openVectorStore(file, 'm');
  assert.deepEqual([...(store.get('a') ?? [])], [1, 2]);
  for (const text of ['b', 'x', 'y']) assert.equal(store.get(text), undefined);
});

test('keeps the direction of a vector in eight bits', () => {
  assert.deepEqual([...quantize([0.5, -0.25, 0])], [127, -63, 0]);
  assert.deepEqual([...quantize([0, 0])], [0, 0]);
  assert.deepEqual([...quantize([])], []);
});
