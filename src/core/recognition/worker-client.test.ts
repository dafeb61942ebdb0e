import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import type { FittedImage } from '../ports.ts';
import { createImageWorker, type ImageWork } from './worker-client.ts';

const never = new AbortController().signal;
const image = (width: number): FittedImage => ({
  bytes: new Uint8Array(),
  type: 'image/png',
  width,
  height: 1,
});

/** A recognizer whose threads are numbers, and a log of their starts and stops. */
function setUp(look: ImageWork<number, number>['look'], more: Partial<ImageWork<number, number>> = {}) {
  const log: string[] = [];
  let threads = 0;
  const recognizer = createImageWorker<number, number>({
    doing: 'counting',
    timeLimit: 60_000,
    start() {
      log.push(`start ${++threads}`);
      return Promise.resolve(threads);
    },
    look,
    stop(thread) {
      log.push(`stop ${thread}`);
      return Promise.resolve();
    },
    ...more,
  });
  return { recognizer, log };
}

test('starts the thread with the first image and processes one image at a time', async () => {
  let busy = 0;
  const { recognizer, log } = setUp(async (thread, { width }) => {
    assert.equal(++busy, 1);
    await new Promise(setImmediate);
    busy--;
    return [thread, width];
  });
  assert.deepEqual(log, []);
  const found = await Promise.all([recognizer.look(image(5), never), recognizer.look(image(6), never)]);
  assert.deepEqual(found, [
    [1, 5],
    [1, 6],
  ]);
  await recognizer.close();
  assert.deepEqual(log, ['start 1', 'stop 1']);
});

test('ends a thread that hangs, and starts a new one for the next image', async () => {
  const { recognizer, log } = setUp(
    (thread) => (thread === 1 ? new Promise<never>(() => undefined) : Promise.resolve([thread])),
    { timeLimit: 5 },
  );
  await assert.rejects(recognizer.look(image(1), never), {
    code: 'image_unreadable',
    data: { maxSeconds: 0.005 },
  });
  assert.deepEqual(await recognizer.look(image(1), never), [2]);
  await recognizer.close();
  assert.deepEqual(log, ['start 1', 'start 2', 'stop 1', 'stop 2']);
});

test('ends an idle thread, and starts a new one for the next image', async () => {
  let wasEnded: (value: undefined) => void = () => undefined;
  const ended = new Promise((resolve) => {
    wasEnded = resolve;
  });
  const { recognizer, log } = setUp((thread) => Promise.resolve([thread]), {
    idle: 5,
    stop() {
      wasEnded(undefined);
      return Promise.resolve();
    },
  });
  assert.deepEqual(await recognizer.look(image(1), never), [1]);
  await ended;
  assert.deepEqual(await recognizer.look(image(1), never), [2]);
  await recognizer.close();
  assert.deepEqual(log, ['start 1', 'start 2']);
});

test('cancels at once when stopped, and ends the thread', async () => {
  const { recognizer, log } = setUp(() => new Promise<never>(() => undefined));
  const stop = new AbortController();
  const looking = recognizer.look(image(1), stop.signal);
  setImmediate(() => {
    stop.abort();
  });
  await assert.rejects(looking, { code: 'cancelled' });
  await recognizer.close();
  assert.deepEqual(log, ['start 1', 'stop 1']);
});

test('reports a failure with its own code when it has one', async () => {
  const failures = [new Error('odd'), new NotesightError('model_unloadable', 'gone')];
  const { recognizer } = setUp(() => Promise.reject(failures.shift() ?? new Error('none left')));
  await assert.rejects(recognizer.look(image(1), never), { code: 'image_unreadable' });
  await assert.rejects(recognizer.look(image(1), never), { code: 'model_unloadable' });
});

test('reports a thread that fails to start each time', async () => {
  const { recognizer } = setUp(() => Promise.resolve([]), {
    start: () => Promise.reject(new NotesightError('model_unloadable', 'no weights')),
  });
  await assert.rejects(recognizer.look(image(1), never), { code: 'model_unloadable' });
  await assert.rejects(recognizer.look(image(1), never), { code: 'model_unloadable' });
  await recognizer.close();
});
