import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type ErrorCode, NotesightError } from '../../errors.ts';
import { parseRetryAfter, retryPause } from './retry-pause.ts';

const pause = (code: ErrorCode, retryAfter: number | null, attempt = 0) =>
  retryPause(new NotesightError(code, 'failed'), retryAfter, attempt);

test('waits longer each time, and only after failures that may pass', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((attempt) => pause('server_busy', null, attempt)),
    [1000, 2000, 4000, null],
  );
  assert.equal(pause('gateway_down', null), 1000);
  assert.equal(pause('limit_reached', null), 1000);
  for (const code of ['gateway_timeout', 'request_too_large', 'server_error', 'model_missing'] as const) {
    assert.equal(pause(code, null), null, code);
  }
});

test('waits as long as the server asks, up to a minute', () => {
  assert.equal(pause('limit_reached', 20_000), 20_000);
  assert.equal(pause('server_busy', 60_000, 2), 60_000);
  assert.equal(pause('limit_reached', 60_001), null);
  assert.equal(pause('limit_reached', 0, 1), 2000);
  assert.equal(pause('limit_reached', 5000, 3), null);
  assert.equal(pause('server_error', 5000), null);
});

test('reads seconds and dates', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  const cases: [string | null, number | null][] = [
    ['20', 20_000],
    [' 0 ', 0],
    ['1.5', 1500],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
    ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
    [null, null],
    ['', null],
    ['-1', null],
    ['soon', null],
  ];
  for (const [header, milliseconds] of cases)
    assert.equal(parseRetryAfter(header, now), milliseconds, String(header));
});
