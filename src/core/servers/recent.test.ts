import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recent } from './recent.ts';

test('asks once within two seconds, and again after them or after a failure', async () => {
  let time = 1000;
  let asked = 0;
  const ask = recent(
    () => (++asked === 1 ? Promise.reject(new Error('down')) : Promise.resolve(asked)),
    () => time,
  );
  const { signal } = new AbortController();
  await assert.rejects(ask(signal), /down/);
  assert.deepEqual([await ask(signal), await ask(signal)], [2, 2]);
  time += 2001;
  assert.equal(await ask(signal), 3);
});
