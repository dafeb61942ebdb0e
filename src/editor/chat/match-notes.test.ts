import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchNotes } from './match-notes.ts';

const NOTES = [
  'Zürich.md',
  'Travel/Plan.md',
  'Work/Plan.md',
  'Work/2026 plan for the harbor.md',
  'Work/Airplanes.md',
];

const names = (query: string, beside = 'Work/Now.md') =>
  matchNotes(NOTES, query, beside).map(({ name }) => name);

test('finds notes by the starts of words, whatever the case and accents', () => {
  assert.deepEqual(names('ZUR'), ['Zürich']);
  assert.deepEqual(names('har 2026'), ['2026 plan for the harbor']);
  assert.deepEqual(names('lan'), []);
});

test('lists names that start with the query first, then notes of the same folder', () => {
  assert.deepEqual(names('plan'), ['Work/Plan', 'Travel/Plan', '2026 plan for the harbor']);
  assert.deepEqual(names('plan', 'Travel/Now.md').slice(0, 2), ['Travel/Plan', 'Work/Plan']);
});

test('lists a few notes for an empty query', () => {
  assert.deepEqual(names(''), [
    '2026 plan for the harbor',
    'Airplanes',
    'Work/Plan',
    'Travel/Plan',
    'Zürich',
  ]);
  assert.equal(
    matchNotes(
      Array.from({ length: 300 }, (_, index) => `${index}.md`),
      '',
      'a.md',
    ).length,
    8,
  );
});
