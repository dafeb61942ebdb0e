import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { sectionEdit } from '../note/managed-section.ts';
import { summaryPlaces } from './summary-places.ts';

const NOTE = '# Note\n\nText.\n';
const SUMMARIZED = applyEdits(NOTE, [sectionEdit(NOTE, '## Summary\n\nShort.', 'top')]);

test('prefers the top of a note without a summary', () => {
  const { places, preferred, isEdited } = summaryPlaces(NOTE, true);
  assert.deepEqual(places, ['top', 'bottom', 'cursor', 'newNote']);
  assert.equal(preferred, 'top');
  assert.equal(isEdited, false);
});

test('prefers to replace the existing summary', () => {
  const { places, preferred } = summaryPlaces(SUMMARIZED, false);
  assert.deepEqual(places, ['replace', 'top', 'bottom', 'newNote']);
  assert.equal(preferred, 'replace');
});

test('prefers a new note when the existing summary was edited by hand', () => {
  const { places, preferred, isEdited } = summaryPlaces(SUMMARIZED.replace('Short.', 'Mine.'), true);
  assert.deepEqual(places, ['replace', 'top', 'bottom', 'cursor', 'newNote']);
  assert.equal(preferred, 'newNote');
  assert.equal(isEdited, true);
});
