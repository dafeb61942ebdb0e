import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffWords } from './word-diff.ts';

test('shows removed words before those that replace them', () => {
  assert.deepEqual(diffWords('A red dodo on grass', 'A small dodo on dry grass'), [
    { kind: 'same', text: 'A ' },
    { kind: 'removed', text: 'red ' },
    { kind: 'added', text: 'small ' },
    { kind: 'same', text: 'dodo on ' },
    { kind: 'added', text: 'dry ' },
    { kind: 'same', text: 'grass' },
  ]);
});

test('contains both texts in full', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      const without = (kind: string) =>
        parts.flatMap((part) => (part.kind === kind ? [] : part.text.trim().split(' '))).filter(Boolean);
      assert.equal(without('added').join(' '), before);
      assert.equal(without('removed').join(' '), after);
    }),
  );
});
