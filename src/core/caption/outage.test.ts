import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ErrorCode, NotesightError } from '../errors.ts';
import type { BatchStop } from './batch-stop.ts';
import { createOutage } from './outage.ts';

const PAUSE = 20;
const ANSWER = 'answer';
type Try = typeof ANSWER | ErrorCode;

/** Attempts images with these tries, all at once. A try that is not scripted waits until the batch stops. */
async function run(images: Readonly<Record<string, readonly Try[]>>, suspect: string | null = null) {
  const stops: BatchStop[] = [];
  const halt = new AbortController();
  const order: string[] = [];
  const outage = createOutage(
    suspect,
    (stop) => {
      stops.push(stop);
      halt.abort();
    },
    halt.signal,
    PAUSE,
  );
  const attempts = Object.entries(images).map(async ([file, tries]) => {
    const left = [...tries];
    try {
      await outage.attempt(file, async () => {
        if (halt.signal.aborted) throw new NotesightError('cancelled', 'stopped');
        order.push(file);
        const next = left.shift();
        if (next === ANSWER || next === 'answer_unusable') {
          // It takes longer than a failure.
          await nextTurn();
          outage.answered();
        }
        if (next === ANSWER) return;
        throw new NotesightError(next ?? 'image_unreadable', file);
      });
      return ANSWER;
    } catch (error) {
      assert.ok(error instanceof NotesightError);
      return error.code;
    }
  });
  const ends = await Promise.all(attempts);
  return { ends, order, stops: stops.map(({ error, suspect: file }) => [error.code, file]) };
}

test('an image that fails the server once is tried again', async () => {
  for (const code of ['server_crashed', 'server_down', 'server_timeout'] as const) {
    const { ends, stops } = await run({ a: [code, ANSWER], b: [ANSWER] });
    assert.deepEqual([ends, stops], [[ANSWER, ANSWER], []]);
  }
});

test('an image that fails the server twice fails alone when others are answered', async () => {
  for (const code of ['server_crashed', 'server_down'] as const) {
    const { ends, stops } = await run({ a: [code, code], b: [code, ANSWER], c: [ANSWER] });
    assert.deepEqual([ends, stops], [[code, ANSWER, ANSWER], []]);
  }
});

test('a server that is gone stops the batch, and names what it was asked about then', async () => {
  const { ends, stops, order } = await run({ a: ['server_down', 'server_down'], b: ['server_down'] });
  assert.deepEqual(stops, [['server_down', 'a']]);
  assert.deepEqual(ends, ['server_down', 'cancelled']);
  assert.deepEqual(order, ['a', 'b', 'a']);
});

test('two images that crash the model, with no answer in between, stop the batch', async () => {
  const crashes: Try[] = ['server_crashed', 'server_crashed'];
  const { stops } = await run({ a: crashes, b: crashes, c: crashes });
  assert.deepEqual(stops, [['server_crashed', 'a']]);
});

test('the only image that is left fails by itself when it crashes the model', async () => {
  const { ends, stops } = await run({ a: ['server_crashed', 'server_crashed'], b: ['image_unreadable'] });
  assert.deepEqual([ends, stops], [['server_crashed', 'image_unreadable'], []]);
});

test('an answer before the failure says nothing of the server after it, however late it is written down', async () => {
  const stops: BatchStop[] = [];
  const halt = new AbortController();
  const outage = createOutage(
    null,
    (stop) => {
      stops.push(stop);
      halt.abort();
    },
    halt.signal,
    PAUSE,
  );
  let write = (): void => undefined;
  const written = new Promise<void>((resolve) => (write = resolve));
  const first = outage.attempt('a', async () => {
    outage.answered();
    await written;
  });
  const down = new NotesightError('server_down', 'gone');
  const second = outage.attempt('b', () => Promise.reject(down));
  await Promise.resolve();
  write();
  await first;
  await assert.rejects(second, down);
  assert.equal(stops.length, 1);
});

test('an answer that is no use is an answer of the server', async () => {
  const { ends, stops } = await run({ a: ['server_crashed', 'server_crashed'], b: ['answer_unusable'] });
  assert.deepEqual([ends, stops], [['server_crashed', 'answer_unusable'], []]);
});

test('a suspect is tried once, after another image was answered', async () => {
  const { ends, order, stops } = await run({ a: ['server_down'], b: [ANSWER] }, 'a');
  assert.deepEqual([ends, order, stops], [['server_down', ANSWER], ['b', 'a'], []]);
  const alone = await run({ a: [ANSWER] }, 'a');
  assert.deepEqual([alone.ends, alone.stops], [[ANSWER], []]);
});

test('a gateway with nothing behind it is a server that is gone', async () => {
  const stops: BatchStop[] = [];
  const halt = new AbortController();
  const outage = createOutage(null, (stop) => stops.push(stop), halt.signal, PAUSE);
  const gateway = new NotesightError('gateway_down', 'Bad Gateway', { data: { status: 502 } });
  await assert.rejects(
    outage.attempt('a', () => Promise.reject(gateway)),
    gateway,
  );
  assert.equal(stops[0]?.error, gateway);
  const own = new NotesightError('server_error', 'No', { data: { status: 500 } });
  let tries = 0;
  await assert.rejects(
    outage.attempt('b', () => {
      tries++;
      return Promise.reject(own);
    }),
    own,
  );
  assert.equal(tries, 1);
});
