import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorEn } from './messages/editor-en.ts';
import { createEstimate, progressText } from './model-download.ts';

test('estimates the time left from the speed since the start', () => {
  const estimate = createEstimate();
  assert.equal(estimate(0, 0, 0), null);
  assert.equal(estimate(1000, 4000, 1000), null);
  assert.equal(estimate(1100, 4000, 2000), null, 'too early');
  assert.equal(estimate(2000, 4000, 11_000), 20);
});

test('does not count what an earlier download left', () => {
  const estimate = createEstimate();
  estimate(3000, 4000, 0);
  assert.equal(estimate(3000, 4000, 10_000), null);
  assert.equal(estimate(3500, 4000, 10_000), 10);
});

test('shows the amount of a download, and the time left once it is known', () => {
  const running = { model: 'm', state: 'running', completedBytes: 1e9, totalBytes: 4e9 } as const;
  assert.equal(progressText({ ...running, secondsLeft: null }, editorEn), '25% (1,000 of 4,000\u00a0MB)');
  assert.equal(
    progressText({ ...running, secondsLeft: 240 }, editorEn),
    '25% (1,000 of 4,000\u00a0MB), about 4 minutes left',
  );
  assert.equal(progressText({ ...running, totalBytes: 0, secondsLeft: null }, editorEn), '');
});
