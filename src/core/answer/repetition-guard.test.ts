import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RepetitionGuard } from './repetition-guard.ts';

/**
 * Feeds a text in pieces of this size.
 * @returns the remaining text, and whether it looped
 */
function watch(text: string, size: number): { kept: string; loops: boolean } {
  const guard = new RepetitionGuard();
  for (let from = 0; from < text.length; from += size) {
    if (!guard.add(text.slice(from, from + size))) return { kept: guard.text, loops: true };
  }
  return { kept: guard.text, loops: false };
}

const before = 'A slide with three boxes and an arrow. ';

test('cuts a loop after its first cycle, however the text is split', () => {
  for (const cycle of [
    'x',
    'la ',
    'the cat and the dog and ',
    'Ж',
    '🐈',
    '\\n',
    `${'Once upon a time. '.repeat(10)}End. `,
  ]) {
    for (const size of [1, 3, 17, 100_000]) {
      const { kept, loops } = watch(before + cycle.repeat(2000 / cycle.length + 20), size);
      assert.equal(loops, true, cycle);
      assert.equal(kept.slice(0, before.length), before);
      assert.ok(kept.length <= before.length + cycle.length, `${cycle}: ${kept}`);
    }
  }
});

test('returns an empty text when the text is only a loop', () => {
  assert.deepEqual(watch('la '.repeat(500), 4), { kept: '', loops: true });
});

test('ignores repetition in ordinary text, tables, and dotted lines', () => {
  const texts = [
    before.repeat(3),
    '| --- | --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 | 5 |\n',
    `Contents ${'.'.repeat(100)} 7`,
    '0,0,0,0,0,0,0,0,0,0',
    'ha ha ha ha ha',
  ];
  for (const text of texts) assert.deepEqual(watch(text, 5), { kept: text, loops: false });
});

test('leaves a text without a cycle unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 40 }), (pieces) => {
      const text = pieces.map((piece, at) => `${at}:${piece.slice(0, 20)}`).join(' ');
      assert.equal(watch(text, 7).kept, text);
    }),
  );
});

test('removes a loop at the end of a text that the server cut off', () => {
  const cut = (text: string): string => {
    const guard = new RepetitionGuard();
    assert.equal(guard.add(text), true);
    guard.end();
    return guard.text;
  };
  assert.equal(cut(`${before}${'roof '.repeat(30)}`), `${before}roof`);
  assert.equal(cut('la '.repeat(30)), '');
  assert.equal(cut('A cat on a roof.'), 'A cat on a roof.');
});
