import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { base64 } from './base64.ts';

test('returns the same base64 as Node.js, even beyond one block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(60), (bytes, times) => {
      const long = new Uint8Array(Buffer.concat(Array<Uint8Array>(times).fill(bytes)));
      assert.equal(base64(long), Buffer.from(long).toString('base64'));
    }),
  );
  const large = new Uint8Array(20_000).map((_, at) => at);
  assert.equal(base64(large), Buffer.from(large).toString('base64'));
});
