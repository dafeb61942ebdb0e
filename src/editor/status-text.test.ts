import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchAnswer } from './status-text.ts';
import { statusText } from './status-text.ts';

const START = 1_000_000;

/** Answers of the model, one after the other, by how long each took, in milliseconds. */
function answers(...durations: readonly number[]): BatchAnswer[] {
  let at = START;
  return durations.map((duration) => ({ at: (at += duration), cached: false }));
}

/** The state just as the last answer has come. */
function after(given: readonly BatchAnswer[], total: number) {
  return {
    done: given.length,
    total,
    startedAt: START,
    now: given.at(-1)?.at ?? START,
    answers: given,
  };
}

test('the text tells how many of how many', () => {
  assert.equal(statusText(after(answers(10, 10, 10), 12)).text, '3/12');
});

test('no time is told before the model has given two answers', () => {
  assert.equal(statusText(after([], 5)).timeLeft, null);
  assert.equal(statusText(after(answers(100), 5)).timeLeft, null);
  assert.equal(statusText(after(answers(100, 100), 5)).timeLeft, 300);
});

test('one slow answer changes nothing', () => {
  assert.equal(statusText(after(answers(60_000, 100, 100), 10)).timeLeft, 700);
  assert.equal(statusText(after(answers(100, 100, 90_000, 100), 10)).timeLeft, 600);
});

test('only the last answers count', () => {
  const slowerNow = [...Array<number>(50).fill(10), ...Array<number>(8).fill(200)];
  assert.equal(statusText(after(answers(...slowerNow), 60)).timeLeft, 400);
});

test('answers that come in pairs count half the time each', () => {
  assert.equal(statusText(after(answers(200, 0, 200, 0, 200, 0), 10)).timeLeft, 400);
});

test('remembered answers neither count as answers nor make the model look fast', () => {
  const cached = Array.from({ length: 20 }, () => ({ at: START + 1, cached: true }));
  assert.equal(statusText(after(cached, 30)).timeLeft, null);
  const model = answers(500, 500);
  assert.equal(statusText(after([...cached, ...model], 30)).timeLeft, 4_000);
});

test('the time runs down while the next answer is under way, but not below what follows it', () => {
  const state = after(answers(100, 100), 5);
  assert.equal(statusText({ ...state, now: state.now + 40 }).timeLeft, 260);
  assert.equal(statusText({ ...state, now: state.now + 9_000 }).timeLeft, 200);
  assert.equal(statusText({ ...state, now: state.now - 9_000 }).timeLeft, 300);
});

test('nothing is left when all is done', () => {
  assert.deepEqual(statusText(after([{ at: START, cached: true }], 1)), { text: '1/1', timeLeft: 0 });
  assert.deepEqual(statusText(after([], 0)), { text: '0/0', timeLeft: 0 });
});
