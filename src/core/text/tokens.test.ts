import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateTokens } from './tokens.ts';

test('counts three Latin letters, two Cyrillic letters or digits, or one Chinese character as a token', () => {
  assert.equal(estimateTokens(''), 0);
  assert.equal(estimateTokens('abcdef ghijkl äö'.slice(0, 15)), 5);
  assert.equal(estimateTokens('градиент'), 4);
  assert.equal(estimateTokens('20242025'), 4);
  assert.equal(estimateTokens('机器学习'), 4);
});

test('rounds up, and never counts more for a part than for the whole', () => {
  assert.equal(estimateTokens('a'), 1);
  const text = 'Learning rate 0.01 — скорость 学习 🦊';
  for (let end = 1; end <= text.length; end++) {
    assert.ok(estimateTokens(text.slice(0, end)) >= estimateTokens(text.slice(0, end - 1)));
    assert.ok(estimateTokens(text) <= estimateTokens(text.slice(0, end)) + estimateTokens(text.slice(end)));
  }
});
