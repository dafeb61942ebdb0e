import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateTokens } from './tokens.ts';

test('a token is three Latin letters, two Cyrillic ones or digits, or one Chinese character', () => {
  assert.equal(estimateTokens(''), 0);
  assert.equal(estimateTokens('abcdef ghijkl äö'.slice(0, 15)), 5);
  assert.equal(estimateTokens('градиент'), 4);
  assert.equal(estimateTokens('20242025'), 4);
  assert.equal(estimateTokens('机器学习'), 4);
});

test('a part of a token counts as one, and no part of a text costs more than the whole', () => {
  assert.equal(estimateTokens('a'), 1);
  const text = 'Learning rate 0.01 — скорость 学习 🦊';
  for (let end = 1; end <= text.length; end++) {
    assert.ok(estimateTokens(text.slice(0, end)) >= estimateTokens(text.slice(0, end - 1)));
    assert.ok(estimateTokens(text) <= estimateTokens(text.slice(0, end)) + estimateTokens(text.slice(end)));
  }
});
