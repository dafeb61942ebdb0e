import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pluralEn, pluralRu } from './plural.ts';

test('returns two English forms', () => {
  assert.deepEqual(
    [0, 1, 2, 21].map((count) => pluralEn(count, 'note', 'notes')),
    ['0 notes', '1 note', '2 notes', '21 notes'],
  );
});

test('returns three Russian forms by the last digits', () => {
  assert.deepEqual(
    [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111].map((count) =>
      pluralRu(count, 'заметка', 'заметки', 'заметок'),
    ),
    [
      '0 заметок',
      '1 заметка',
      '2 заметки',
      '4 заметки',
      '5 заметок',
      '11 заметок',
      '12 заметок',
      '14 заметок',
      '21 заметка',
      '22 заметки',
      '25 заметок',
      '101 заметка',
      '111 заметок',
    ],
  );
});
