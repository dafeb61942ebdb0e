import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowLines } from './flow-lines.ts';

test('separates independent lines by semicolons', () => {
  assert.equal(flowLines(['Plan', '1. Models', '2. Data']), 'Plan; 1. Models; 2. Data');
  assert.equal(flowLines(['Question:', 'Who?', 'Me.', 'You']), 'Question: Who? Me. You');
});

test('joins a sentence that continues on the next line', () => {
  assert.equal(flowLines(['Герой с большими круглыми', 'ушами.']), 'Герой с большими круглыми ушами.');
});

test('joins a word that is split across two lines', () => {
  assert.equal(flowLines(['Ein Über-', 'blick']), 'Ein Überblick');
  assert.equal(flowLines(['soft hy\u00ad', 'phen']), 'soft hyphen');
  assert.equal(flowLines(['End-', 'Point']), 'End-; Point');
  assert.equal(flowLines(['a list -', 'of things']), 'a list - of things');
});

test('returns an empty text for no lines', () => {
  assert.equal(flowLines([]), '');
});
