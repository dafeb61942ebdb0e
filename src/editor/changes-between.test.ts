import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../core/markdown/text-edit.ts';
import { changesBetween } from './changes-between.ts';

test('turns one text into the other', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', '\n', '![](x)', '![[y]]'), { maxLength: 30 })
    .map((p) => p.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(applyEdits(before, changesBetween(before, after)), after);
    }),
  );
});

test('leaves text between two changes alone', () => {
  const before = '# A\n\n![](1.png)\nwords\n![](2.png)\n';
  const after = '# A\n\n![One](1.png)\nwords\n![Two](2.png)\n';
  assert.deepEqual(changesBetween(before, after), [
    { from: 7, to: 7, insert: 'One' },
    { from: 24, to: 24, insert: 'Two' },
  ]);
});

test('inserts an added line', () => {
  assert.deepEqual(changesBetween('![](1.png)\nend', '![](1.png)\n*One*\nend'), [
    { from: 11, to: 11, insert: '*One*\n' },
  ]);
});
