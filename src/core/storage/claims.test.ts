import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import { createClaims } from './claims.ts';

const never = new AbortController().signal;
const KEY = 'abc ollama gemma3:4b "quoted" en';

/** Two processes that share a file, on a machine whose clock and processes the test rules. */
function open(file = createMemoryLineFile()) {
  const machine = { time: 1_000_000, ended: new Set<string>() };
  const claims = (process: string) =>
    createClaims(file, {
      process,
      hasEnded: (name) => machine.ended.has(name),
      now: () => machine.time,
    });
  return { file, machine, one: claims('one'), two: claims('two') };
}

/** Whether a promise is settled once all that could settle it had its turn. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return settled;
}

test('a claim keeps others waiting until it is released, and they know of it', async () => {
  const { one, two } = open();
  const first = await one.take(KEY, never);
  assert.equal(first.wasTaken, false);
  const waiting = two.take(KEY, never);
  assert.equal(await isSettled(waiting), false);
  const other = await two.take('another image', never);
  assert.equal(other.wasTaken, false);
  await first.release();
  const second = await waiting;
  assert.equal(second.wasTaken, true);
  await second.release();
  await other.release();
});

test('two claims in the same process keep each other waiting too', async () => {
  const { one } = open();
  const first = await one.take(KEY, never);
  const waiting = one.take(KEY, never);
  assert.equal(await isSettled(waiting), false);
  await first.release();
  await (await waiting).release();
});

test('a claim of a process that ended holds nobody up', async () => {
  const { machine, one, two } = open();
  const first = await one.take(KEY, never);
  machine.ended.add('one');
  const second = await two.take(KEY, never);
  assert.equal(second.wasTaken, true);
  await second.release();
  await first.release();
});

test('a claim that is not renewed for a minute ends', async () => {
  const { machine, one, two } = open();
  const first = await one.take(KEY, never);
  machine.time += 60_001;
  await (await two.take(KEY, never)).release();
  await first.release();
});

test('a claim by a clock that is far ahead holds nobody up', async () => {
  const { machine, file, one, two } = open();
  machine.time += 3_600_000;
  const first = await one.take(KEY, never);
  machine.time -= 3_600_000;
  await (await two.take(KEY, never)).release();
  await first.release();
  assert.ok(file.lines.length > 2);
});

test('waiting ends when it is cancelled, and leaves no claim', async () => {
  const { one, two } = open();
  const first = await one.take(KEY, never);
  const stop = new AbortController();
  const waiting = two.take(KEY, stop.signal);
  stop.abort();
  await assert.rejects(waiting, isCancelled);
  await first.release();
  await (await one.take(KEY, never)).release();
});

test('where claims can not be written, nothing waits', async () => {
  const file = createMemoryLineFile();
  file.append = () => Promise.reject(new NotesightError('memory_unwritable', 'read-only'));
  const { one, two } = open(file);
  await one.take(KEY, never);
  assert.equal((await two.take(KEY, never)).wasTaken, false);
});

test('the file is shortened when it is long, and keeps what holds', async () => {
  const old = Array.from({ length: 3000 }, (_, at) => `{"v":1,"old":${at}}`);
  const { file, one, two } = open(createMemoryLineFile(old));
  const first = await one.take(KEY, never);
  assert.ok(file.lines.length < 600, `${file.lines.length} lines`);
  const waiting = two.take(KEY, never);
  assert.equal(await isSettled(waiting), false);
  await first.release();
  await (await waiting).release();
});
