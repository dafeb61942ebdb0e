import assert from 'node:assert/strict';
import { test } from 'node:test';
import { held } from '../../../test/held.ts';
import { type ErrorCode, NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { FittedImage } from '../ports.ts';
import { createVisionPool, type PoolMember } from './vision-pool.ts';

const CONTEXT = { language: 'en', noteTitle: '', before: '', after: '' };
const running = () => new AbortController().signal;
const image = (width: number): FittedImage => ({
  width,
  height: 1,
  bytes: new Uint8Array(),
  type: 'image/png',
});

interface Member extends PoolMember {
  /** The widths of the images that it received. */
  readonly seen: number[];
}

/**
 * A model on a server that answers with its host and the image's width.
 * @param answer awaited before each answer; may throw
 */
function on(host: string, answer: (width: number) => unknown = () => undefined, atOnce = 1): Member {
  const seen: number[] = [];
  const describe = async ({ width }: FittedImage): Promise<Description> => {
    seen.push(width);
    await answer(width);
    return { alt: `${host} ${width}`, description: '', text: '', tags: [], decorative: false };
  };
  const model: VisionModel = {
    engine: 'ollama',
    name: 'llava',
    provenance: 'vision',
    version: 1,
    inputSize: (size) => size,
    describe,
    tasks: { imageTokens: ({ width }) => width, perform: (_task, each) => describe(each) },
  };
  return { host, model, atOnce, seen };
}

function fails(code: ErrorCode, host = ''): never {
  throw new NotesightError(code, code, { data: { host } });
}

function pool(members: readonly [Member, ...Member[]]) {
  const lost: string[] = [];
  const [first, ...others] = members;
  const model = createVisionPool(first, others, (host, { code }) => lost.push(`${host} ${code}`));
  const describe = (width: number, signal = running()): Promise<Description> =>
    model.describe(image(width), CONTEXT, signal);
  return { model, lost, describe };
}

const altOf = ({ alt }: Description) => alt;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) =>
      error instanceof NotesightError ? `${error.code} ${error.data['host'] ?? ''}` : error,
  );

test('sends a waiting image to the first server in the order that has a free slot', async () => {
  const { hold, release } = held();
  const [a, b] = [on('a', () => hold, 2), on('b', () => hold)];
  const { model, describe } = pool([a, b]);
  assert.equal(model.atOnce, 3);
  const answers = [1, 2, 3, 4].map((width) => describe(width));
  release();
  assert.deepEqual((await Promise.all(answers)).map(altOf), ['a 1', 'a 2', 'b 3', 'a 4']);
  assert.deepEqual([a.seen, b.seen], [[1, 2, 4], [3]]);
});

test('identifies as the same model whichever server answers', () => {
  const { model } = pool([on('a'), on('b')]);
  assert.deepEqual([model.engine, model.name, model.version], ['ollama', 'llava', 1]);
});

test('moves to another server when one goes down, and sends it no more images', async () => {
  const { hold, release } = held();
  const a = on('a', async (width) => {
    if (width === 1) return;
    await hold;
    fails('server_down');
  });
  const b = on('b');
  const { describe, lost } = pool([a, b]);
  assert.equal(altOf(await describe(1)), 'a 1');
  const second = describe(2);
  release();
  assert.equal(altOf(await second), 'b 2');
  assert.equal(altOf(await describe(3)), 'b 3');
  assert.deepEqual([a.seen, b.seen, lost], [[1, 2], [2, 3], ['a server_down']]);
});

test('moves other tasks to another server too', async () => {
  const [a, b] = [on('a', () => fails('server_down')), on('b')];
  const { model, lost } = pool([a, b]);
  assert.equal(model.tasks?.imageTokens({ width: 3, height: 1 }), 3);
  const task = { kind: 'whole', textHint: 'Words' } as const;
  const perform = async (width: number) => model.tasks?.perform(task, image(width), CONTEXT, running());
  const answers = await Promise.all([perform(1), perform(2)]);
  assert.deepEqual(
    answers.map((answer) => answer?.alt),
    ['b 1', 'b 2'],
  );
  assert.deepEqual([a.seen, lost], [[1], ['a server_down']]);
});

test('keeps a server that crashed on one image for the other images', async () => {
  const a = on('a', (width) => (width === 1 ? fails('server_crashed', 'a') : undefined));
  const b = on('b', (width) => (width === 1 ? fails('server_crashed', 'b') : undefined));
  const { describe, lost } = pool([a, b]);
  assert.equal(await codeOf(describe(1)), 'server_crashed a');
  assert.equal(altOf(await describe(2)), 'a 2');
  assert.deepEqual([a.seen, b.seen, lost], [[1, 2], [1], []]);
});

test("fails all waiting images with the first server's error when all servers are gone", async () => {
  const { hold, release } = held();
  const a = on('a', () => hold.then(() => fails('unauthorized', 'a')));
  const b = on('b', () => hold.then(() => fails('server_down', 'b')));
  const { describe, lost } = pool([a, b]);
  const answers = [1, 2, 3, 4].map((width) => codeOf(describe(width)));
  release();
  assert.deepEqual(new Set(await Promise.all(answers)), new Set(['unauthorized a']));
  assert.equal(await codeOf(describe(5)), 'unauthorized a');
  assert.deepEqual([a.seen, b.seen, lost], [[1], [2], ['a unauthorized']]);
});

test('keeps using the last server when it was only slow', async () => {
  const a = on('a', () => fails('server_down'));
  const b = on('b', (width) => (width === 1 ? fails('server_timeout', 'b') : undefined));
  const { describe } = pool([a, b]);
  await assert.rejects(describe(1));
  assert.equal(altOf(await describe(2)), 'b 2');
});

test('uses another server after a failure at a proxy or a limit', async () => {
  for (const [code, isLost] of [
    ['gateway_down', true],
    ['limit_reached', true],
    ['gateway_timeout', false],
    ['request_too_large', false],
  ] as const) {
    const [a, b] = [on('a', () => fails(code)), on('b')];
    const { describe, lost } = pool([a, b]);
    assert.equal(altOf(await describe(1)), 'b 1');
    assert.deepEqual(lost, isLost ? [`a ${code}`] : [], code);
  }
});

test('does not use another server when the image or the user caused the failure', async () => {
  for (const code of ['context_overflow', 'image_unreadable', 'model_looped', 'cancelled'] as const) {
    const [a, b] = [on('a', () => fails(code)), on('b')];
    const { describe, lost } = pool([a, b]);
    assert.equal(await codeOf(describe(1)), `${code} `);
    assert.deepEqual([b.seen, lost], [[], []]);
  }
});

test('stops an image that waits for a free slot', async () => {
  const { hold, release } = held();
  const a = on('a', () => hold);
  const { describe } = pool([a]);
  const stop = new AbortController();
  const first = describe(1);
  const second = codeOf(describe(2, stop.signal));
  stop.abort();
  assert.equal(await second, 'cancelled ');
  release();
  assert.equal(altOf(await first), 'a 1');
  assert.equal(altOf(await describe(3)), 'a 3');
  assert.deepEqual(a.seen, [1, 3]);
});
