import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from './text-edit.ts';

test('applies edits by position in any order', () => {
  const edits = [
    { from: 4, to: 5, insert: 'E' },
    { from: 0, to: 1, insert: 'Aa' },
    { from: 2, to: 2, insert: '-' },
  ];
  assert.equal(applyEdits('abcdef', edits), 'Aab-cdEf');
});

test('keeps the order of insertions at the same position', () => {
  const edits = [
    { from: 1, to: 2, insert: 'B' },
    { from: 1, to: 1, insert: '1' },
    { from: 1, to: 1, insert: '2' },
  ];
  assert.equal(applyEdits('abc', edits), 'a12Bc');
});

test('throws when edits overlap', () => {
  const edits = [
    { from: 0, to: 3, insert: '' },
    { from: 2, to: 4, insert: '' },
  ];
  assert.throws(() => applyEdits('abcdef', edits), RangeError);
});

test('throws when an edit is outside the text or reversed', () => {
  assert.throws(() => applyEdits('abc', [{ from: 2, to: 4, insert: '' }]), RangeError);
  assert.throws(() => applyEdits('abc', [{ from: 2, to: 1, insert: '' }]), RangeError);
  assert.throws(() => applyEdits('abc', [{ from: -1, to: 1, insert: '' }]), RangeError);
});
