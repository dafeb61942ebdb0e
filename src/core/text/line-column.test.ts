import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lineColumn } from './line-column.ts';

test('counts lines and columns from 1 over every kind of line ending', () => {
  const text = 'ab\ncd\r\ne\r\n\rf🙂g\n';
  const at = lineColumn(text);
  const positions = ['a', 'b', '\n', 'c', '\r', 'e', 'f', 'g'].map((char) => at(text.indexOf(char)));
  assert.deepEqual(
    positions.map(({ line, column }) => `${line}:${column}`),
    ['1:1', '1:2', '1:3', '2:1', '2:3', '3:1', '5:1', '5:4'],
  );
});

test('returns a position for the end of a text, even an empty one', () => {
  assert.deepEqual(lineColumn('')(0), { line: 1, column: 1 });
  assert.deepEqual(lineColumn('a\n')(2), { line: 2, column: 1 });
});

test('matches a simple count for every offset', () => {
  const text = 'x\n\n\r\nyy\rz\r\r\nw';
  const at = lineColumn(text);
  for (let offset = 0; offset <= text.length; offset++) {
    const before = text.slice(0, offset);
    // Between \r and \n the line has not ended.
    const isInside = text[offset - 1] === '\r' && text[offset] === '\n';
    const lines = (isInside ? before.slice(0, -1) : before).split(/\r\n?|\n/);
    const expected = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 + (isInside ? 1 : 0) };
    assert.deepEqual(at(offset), expected, `at ${offset}`);
  }
});
