import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ErrorCode, NotesightError } from '../errors.ts';
import type { BatchStop } from './batch-stop.ts';
import { createOutage } from './outage.ts';

const PAUSE = 20;
const ANSWER = 'answer';
type Try = typeof ANSWER | ErrorCode;

/**
 * Attempts all images at once, each with its scripted results. A try without a scripted result waits until the batch
 * stops.
 */
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
          // An answer takes longer than a failure.
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

test('tries an image again when the server fails with it once', async () => {
  for (const code of ['server_crashed', 'server_down', 'server_timeout'] as const) {
    const { ends, stops } = await run({ a: [code, ANSWER], b: [ANSWER] });
    assert.deepEqual([ends, stops], [[ANSWER, ANSWER], []]);
  }
});

test('fails only the image when the server fails with it twice but answers others', async () => {
  for (const code of ['server_crashed', 'server_down'] as const) {
    const { ends, stops } = await run({ a: [code, code], b: [code, ANSWER], c: [ANSWER] });
    assert.deepEqual([ends, stops], [[code, ANSWER, ANSWER], []]);
  }
});

test('stops the batch and names the suspect image when the server is gone', async () => {
  const { ends, stops, order } = await run({ a: ['server_down', 'server_down'], b: ['server_down'] });
  assert.deepEqual(stops, [['server_down', 'a']]);
  assert.deepEqual(ends, ['server_down', 'cancelled']);
  assert.deepEqual(order, ['a', 'b', 'a']);
});

test('stops the batch when two images in a row crash the model', async () => {
  const crashes: Try[] = ['server_crashed', 'server_crashed'];
  const { stops } = await run({ a: crashes, b: crashes, c: crashes });
  assert.deepEqual(stops, [['server_crashed', 'a']]);
});

test('fails only the image when it is the last one and crashes the model', async () => {
  const { ends, stops } = await run({ a: ['server_crashed', 'server_crashed'], b: ['image_unreadable'] });
  assert.deepEqual([ends, stops], [['server_crashed', 'image_unreadable'], []]);
});

test('stops the batch when the server fails after an answer that is stored late', async () => {
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

test('counts an unusable answer as an answer of the server', async () => {
  const { ends, stops } = await run({ a: ['server_crashed', 'server_crashed'], b: ['answer_unusable'] });
  assert.deepEqual([ends, stops], [['server_crashed', 'answer_unusable'], []]);
});

test('tries a suspect once, after another image was answered', async () => {
  const { ends, order, stops } = await run({ a: ['server_down'], b: [ANSWER] }, 'a');
  assert.deepEqual([ends, order, stops], [['server_down', ANSWER], ['b', 'a'], []]);
  const alone = await run({ a: [ANSWER] }, 'a');
  assert.deepEqual([alone.ends, alone.stops], [[ANSWER], []]);
});

test('treats a gateway without a server behind it as a server that is gone', async () => {
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
