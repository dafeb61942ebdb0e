import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchAnswer } from './status-text.ts';
import { statusText } from './status-text.ts';

const START = 1_000_000;

/** Consecutive answers of the model, given the duration of each in milliseconds. */
function answers(...durations: readonly number[]): BatchAnswer[] {
  let at = START;
  return durations.map((duration) => ({ at: (at += duration), cached: false }));
}

/** The state right after the last answer. */
function after(given: readonly BatchAnswer[], total: number) {
  return {
    done: given.length,
    total,
    startedAt: START,
    now: given.at(-1)?.at ?? START,
    answers: given,
  };
}

test('shows how many images of the total are done', () => {
  assert.equal(statusText(after(answers(10, 10, 10), 12)).text, '3/12');
});

test('shows no time until the model has returned two answers', () => {
  assert.equal(statusText(after([], 5)).timeLeft, null);
  assert.equal(statusText(after(answers(100), 5)).timeLeft, null);
  assert.equal(statusText(after(answers(100, 100), 5)).timeLeft, 300);
});

test('ignores a single slow answer', () => {
  assert.equal(statusText(after(answers(60_000, 100, 100), 10)).timeLeft, 700);
  assert.equal(statusText(after(answers(100, 100, 90_000, 100), 10)).timeLeft, 600);
});

test('uses only the latest answers', () => {
  const slowerNow = [...Array<number>(50).fill(10), ...Array<number>(8).fill(200)];
  assert.equal(statusText(after(answers(...slowerNow), 60)).timeLeft, 400);
});

test('counts answers that arrive in pairs at half the time each', () => {
  assert.equal(statusText(after(answers(200, 0, 200, 0, 200, 0), 10)).timeLeft, 400);
});

test('ignores cached answers in the estimate', () => {
  const cached = Array.from({ length: 20 }, () => ({ at: START + 1, cached: true }));
  assert.equal(statusText(after(cached, 30)).timeLeft, null);
  const model = answers(500, 500);
  assert.equal(statusText(after([...cached, ...model], 30)).timeLeft, 4_000);
});

test('counts down during the next answer, but not below the time of the remaining ones', () => {
  const state = after(answers(100, 100), 5);
  assert.equal(statusText({ ...state, now: state.now + 40 }).timeLeft, 260);
  assert.equal(statusText({ ...state, now: state.now + 9_000 }).timeLeft, 200);
  assert.equal(statusText({ ...state, now: state.now - 9_000 }).timeLeft, 300);
});

test('shows no time left when the batch is done', () => {
  assert.deepEqual(statusText(after([{ at: START, cached: true }], 1)), { text: '1/1', timeLeft: 0 });
  assert.deepEqual(statusText(after([], 0)), { text: '0/0', timeLeft: 0 });
});
