import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from './errors.ts';
import { withTimeLimit } from './with-time-limit.ts';

const tooLong = new NotesightError('image_unreadable', 'too long');
const forever = () =>
  new Promise<never>(() => {
    // Never settles.
  });

test('returns the result or the error of work that ends in time', async () => {
  const { signal } = new AbortController();
  assert.equal(await withTimeLimit(signal, 60_000, tooLong, () => Promise.resolve(7)), 7);
  const broken = new Error('broken');
  await assert.rejects(
    withTimeLimit(signal, 60_000, tooLong, () => Promise.reject(broken)),
    broken,
  );
});

test('rejects and aborts the inner signal when the work takes too long', async () => {
  let inner: AbortSignal | undefined;
  const limited = withTimeLimit(new AbortController().signal, 1, tooLong, (signal) => {
    inner = signal;
    return forever();
  });
  await assert.rejects(limited, tooLong);
  assert.equal(inner?.reason, tooLong);
});

test('stops when the user cancels, and does not start after that', async () => {
  const stop = new AbortController();
  const stopped = withTimeLimit(stop.signal, 60_000, tooLong, forever);
  stop.abort();
  await assert.rejects(stopped, { code: 'cancelled' });

  let began = false;
  const never = withTimeLimit(AbortSignal.abort(), 60_000, tooLong, () => {
    began = true;
    return forever();
  });
  await assert.rejects(never, { code: 'cancelled' });
  assert.equal(began, false);
});
