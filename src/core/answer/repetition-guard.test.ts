import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RepetitionGuard } from './repetition-guard.ts';

/** @returns what is kept of a text that comes in pieces of so many units, and whether it looped */
function watch(text: string, size: number): { kept: string; loops: boolean } {
  const guard = new RepetitionGuard();
  for (let from = 0; from < text.length; from += size) {
    if (!guard.add(text.slice(from, from + size))) return { kept: guard.text, loops: true };
  }
  return { kept: guard.text, loops: false };
}

const before = 'A slide with three boxes and an arrow. ';

test('a loop is cut after its first cycle, however the text comes in pieces', () => {
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

test('a text that does nothing else leaves nothing', () => {
  assert.deepEqual(watch('la '.repeat(500), 4), { kept: '', loops: true });
});

test('an ordinary text, a table and a dotted line are no loops', () => {
  const texts = [
    before.repeat(3),
    '| --- | --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 | 5 |\n',
    `Contents ${'.'.repeat(100)} 7`,
    '0,0,0,0,0,0,0,0,0,0',
    'ha ha ha ha ha',
  ];
  for (const text of texts) assert.deepEqual(watch(text, 5), { kept: text, loops: false });
});

test('text without a cycle passes unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 40 }), (pieces) => {
      const text = pieces.map((piece, at) => `${at}:${piece.slice(0, 20)}`).join(' ');
      assert.equal(watch(text, 7).kept, text);
    }),
  );
});

test('a text that the server has cut loses the loop at its end', () => {
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
