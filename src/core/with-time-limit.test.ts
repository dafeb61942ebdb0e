import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from './errors.ts';
import { withTimeLimit } from './with-time-limit.ts';

const tooLong = new NotesightError('image_unreadable', 'too long');
const forever = () =>
  new Promise<never>(() => {
    // Never ends.
  });

test('what ends in time gives its result or its error', async () => {
  const { signal } = new AbortController();
  assert.equal(await withTimeLimit(signal, 60_000, tooLong, () => Promise.resolve(7)), 7);
  const broken = new Error('broken');
  await assert.rejects(
    withTimeLimit(signal, 60_000, tooLong, () => Promise.reject(broken)),
    broken,
  );
});

test('what takes too long gives the error for that, and its signal is aborted with it', async () => {
  let inner: AbortSignal | undefined;
  const limited = withTimeLimit(new AbortController().signal, 1, tooLong, (signal) => {
    inner = signal;
    return forever();
  });
  await assert.rejects(limited, tooLong);
  assert.equal(inner?.reason, tooLong);
});

test('the user can stop it, and what is stopped already does not begin', async () => {
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
