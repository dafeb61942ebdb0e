import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint } from './fingerprint.ts';

test('returns the SHA-256 of the bytes in lowercase hexadecimal', async () => {
  assert.equal(
    await fingerprint(new TextEncoder().encode('abc')),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  assert.equal(
    await fingerprint(new Uint8Array()),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('hashes only the bytes of a view', async () => {
  const whole = new TextEncoder().encode('xabcx');
  assert.equal(await fingerprint(whole.subarray(1, 4)), await fingerprint(new TextEncoder().encode('abc')));
});
