import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from './text-edit.ts';

test('edits are applied by where they stand, whatever order they come in', () => {
  const edits = [
    { from: 4, to: 5, insert: 'E' },
    { from: 0, to: 1, insert: 'Aa' },
    { from: 2, to: 2, insert: '-' },
  ];
  assert.equal(applyEdits('abcdef', edits), 'Aab-cdEf');
});

test('insertions at one place keep the order they are given in and stand before what is replaced there', () => {
  const edits = [
    { from: 1, to: 2, insert: 'B' },
    { from: 1, to: 1, insert: '1' },
    { from: 1, to: 1, insert: '2' },
  ];
  assert.equal(applyEdits('abc', edits), 'a12Bc');
});

test('edits that overlap are refused', () => {
  const edits = [
    { from: 0, to: 3, insert: '' },
    { from: 2, to: 4, insert: '' },
  ];
  assert.throws(() => applyEdits('abcdef', edits), RangeError);
});

test('an edit that leaves the text or runs backwards is refused', () => {
  assert.throws(() => applyEdits('abc', [{ from: 2, to: 4, insert: '' }]), RangeError);
  assert.throws(() => applyEdits('abc', [{ from: 2, to: 1, insert: '' }]), RangeError);
  assert.throws(() => applyEdits('abc', [{ from: -1, to: 1, insert: '' }]), RangeError);
});
