import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowLines } from './flow-lines.ts';

test('lines that stand by themselves are set off by a semicolon', () => {
  assert.equal(flowLines(['Plan', '1. Models', '2. Data']), 'Plan; 1. Models; 2. Data');
  assert.equal(flowLines(['Question:', 'Who?', 'Me.', 'You']), 'Question: Who? Me. You');
});

test('a sentence that goes on in the next line goes on', () => {
  assert.equal(flowLines(['Герой с большими круглыми', 'ушами.']), 'Герой с большими круглыми ушами.');
});

test('a word broken over two lines is one again', () => {
  assert.equal(flowLines(['Ein Über-', 'blick']), 'Ein Überblick');
  assert.equal(flowLines(['soft hy\u00ad', 'phen']), 'soft hyphen');
  assert.equal(flowLines(['End-', 'Point']), 'End-; Point');
  assert.equal(flowLines(['a list -', 'of things']), 'a list - of things');
});

test('no lines are no text', () => {
  assert.equal(flowLines([]), '');
});
