import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import { createClaims } from './claims.ts';

const never = new AbortController().signal;
const KEY = 'abc ollama gemma3:4b "quoted" en';

/** Two processes that share a file, with a simulated clock and process list. */
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

/** Returns whether a promise is settled after all pending work. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return settled;
}

test('blocks other processes until a claim is released, and tells them about it', async () => {
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

test('blocks a second claim in the same process', async () => {
  const { one } = open();
  const first = await one.take(KEY, never);
  const waiting = one.take(KEY, never);
  assert.equal(await isSettled(waiting), false);
  await first.release();
  await (await waiting).release();
});

test('ignores a claim of a process that ended', async () => {
  const { machine, one, two } = open();
  const first = await one.take(KEY, never);
  machine.ended.add('one');
  const second = await two.take(KEY, never);
  assert.equal(second.wasTaken, true);
  await second.release();
  await first.release();
});

test('ends a claim when it is not renewed for a minute', async () => {
  const { machine, one, two } = open();
  const first = await one.take(KEY, never);
  machine.time += 60_001;
  await (await two.take(KEY, never)).release();
  await first.release();
});

test('ignores a claim with a time far in the future', async () => {
  const { machine, file, one, two } = open();
  machine.time += 3_600_000;
  const first = await one.take(KEY, never);
  machine.time -= 3_600_000;
  await (await two.take(KEY, never)).release();
  await first.release();
  assert.ok(file.lines.length > 2);
});

test('stops waiting when canceled and leaves no claim', async () => {
  const { one, two } = open();
  const first = await one.take(KEY, never);
  const stop = new AbortController();
  const waiting = two.take(KEY, stop.signal);
  stop.abort();
  await assert.rejects(waiting, isCancelled);
  await first.release();
  await (await one.take(KEY, never)).release();
});

test("does not wait when claims can't be written", async () => {
  const file = createMemoryLineFile();
  file.append = () => Promise.reject(new NotesightError('memory_unwritable', 'read-only'));
  const { one, two } = open(file);
  await one.take(KEY, never);
  assert.equal((await two.take(KEY, never)).wasTaken, false);
});

test('shortens a long file and keeps active claims', async () => {
  const old = Array.from({ length: 3000 }, (_, at) => `{"v":1,"old":${at}}`);
  const { file, one, two } = open(createMemoryLineFile(old));
  const first = await one.take(KEY, never);
  assert.ok(file.lines.length < 600, `${file.lines.length} lines`);
  const waiting = two.take(KEY, never);
  assert.equal(await isSettled(waiting), false);
  await first.release();
  await (await waiting).release();
});
