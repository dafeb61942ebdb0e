import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { NotesightError } from './errors.ts';
import { onAbort } from './on-abort.ts';
import { sleep } from './sleep.ts';
import { withTimeLimit } from './with-time-limit.ts';

test('calls only functions that were not removed when the signal is aborted', () => {
  const stop = new AbortController();
  const called: string[] = [];
  onAbort(stop.signal, () => called.push('a'));
  const end = onAbort(stop.signal, () => called.push('b'));
  onAbort(stop.signal, () => called.push('c'));
  end();
  assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
  stop.abort();
  assert.deepEqual(called, ['a', 'c']);
});

test('calls a function at once when the signal is already aborted', () => {
  let called = 0;
  onAbort(AbortSignal.abort(), () => called++)();
  assert.equal(called, 1);
});

test('keeps a function that was added twice when it is removed once', () => {
  const stop = new AbortController();
  let called = 0;
  const count = (): void => {
    called++;
  };
  onAbort(stop.signal, count);
  onAbort(stop.signal, count)();
  stop.abort();
  assert.equal(called, 1);
});

test('causes no leak warning when dozens of operations share a signal', async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => {
    warnings.push(warning.message);
  };
  process.on('warning', note);
  try {
    const stop = new AbortController();
    const tooLong = new NotesightError('server_timeout', 'too long');
    const underWay = Array.from({ length: 30 }, () => [
      sleep(60_000, stop.signal),
      withTimeLimit(stop.signal, 60_000, tooLong, (signal) => sleep(60_000, signal)),
    ]).flat();
    setImmediate(() => {
      stop.abort();
    });
    for (const { status } of await Promise.allSettled(underWay)) assert.equal(status, 'rejected');
    // Node emits warnings in a separate turn.
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(warnings, []);
  } finally {
    process.off('warning', note);
  }
});
