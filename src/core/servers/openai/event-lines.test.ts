import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EventLines } from './event-lines.ts';

const STREAM =
  ': a comment\r\nevent: first\r\ndata: one\r\ndata:two\r\n\r\n' +
  'id: 7\ndata:  three\n\nretry: 5\n\ndata\n\rdata: four\r\r';

const EVENTS = [
  { name: 'first', data: 'one\ntwo' },
  { name: '', data: ' three' },
  { name: '', data: '' },
  { name: '', data: 'four' },
];

test('reads the events of a stream, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length }), { maxLength: 8 }), (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), STREAM.length];
      const lines = new EventLines();
      const pieces = ends.map((end, index) => STREAM.slice(ends[index - 1] ?? 0, end));
      const events = [...pieces, '\n\n'].flatMap((piece) => lines.feed(piece));
      assert.deepEqual(events, EVENTS);
    }),
  );
});

test('reads an error that is sent instead of data', () => {
  assert.deepEqual(new EventLines().feed('error: {"code":500}\n\n'), [
    { name: '', data: '{"error":{"code":500}}' },
  ]);
});
