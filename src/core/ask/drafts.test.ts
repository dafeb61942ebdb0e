import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Draft, NO_DRAFT, openDrafts, type TextSlot } from './drafts.ts';

function memorySlot(text = ''): TextSlot & { text: string } {
  const slot = {
    text,
    read: () => slot.text,
    write(next: string) {
      slot.text = next;
    },
  };
  return slot;
}

const draft = (text: string, more: Partial<Draft> = {}): Draft => ({ ...NO_DRAFT, text, ...more });

const full = draft('Why?', {
  edits: [{ turn: 1, of: 'What?', text: 'What then?' }],
  left: ['img/a.png'],
  pinned: ['img/b.png'],
  added: ['img/c.png'],
  region: { file: 'img/a.png', part: { x: 0, y: 1.5, width: 20, height: 30 } },
});

test('restores the draft of each note as it was at the last keystroke', () => {
  const slot = memorySlot();
  const drafts = openDrafts(slot);
  drafts.put('a.md', draft('W'));
  drafts.put('b.md', draft('Other'));
  drafts.put('a.md', full);
  const again = openDrafts(slot);
  assert.deepEqual(again.get('a.md'), full);
  assert.deepEqual(again.get('b.md'), draft('Other'));
  assert.deepEqual(again.get('c.md'), NO_DRAFT);
});

test('stores nothing for a note with an empty draft', () => {
  const slot = memorySlot();
  const drafts = openDrafts(slot);
  drafts.put('a.md', full);
  drafts.put('a.md', NO_DRAFT);
  assert.equal(slot.text, '');
});

test('updates drafts when notes and images are renamed', () => {
  const slot = memorySlot();
  const drafts = openDrafts(slot);
  drafts.put('notes/a.md', full);
  drafts.rename('notes', 'old');
  drafts.rename('img', 'pictures');
  const { left, pinned, added, region, text } = openDrafts(slot).get('old/a.md');
  assert.deepEqual(
    [left, pinned, added, region?.file, text],
    [['pictures/a.png'], ['pictures/b.png'], ['pictures/c.png'], 'pictures/a.png', 'Why?'],
  );
});

test('deletes edits and keeps new questions when all conversations are cleared', () => {
  const slot = memorySlot();
  const drafts = openDrafts(slot);
  drafts.put('a.md', full);
  drafts.clearEdits();
  assert.deepEqual(openDrafts(slot).get('a.md'), { ...full, edits: [] });
});

test('removes the oldest drafts when there are too many', () => {
  const slot = memorySlot();
  const drafts = openDrafts(slot);
  for (let note = 0; note < 12; note++) drafts.put(`${note}.md`, draft('x'.repeat(99_000)));
  drafts.put('new.md', draft('x'.repeat(1_200_000)));
  assert.equal(openDrafts(slot).get('new.md').text.length, 1_200_000);
  assert.equal(openDrafts(slot).get('11.md').text, '');
  for (let note = 0; note < 10; note++) drafts.put(`${note}.md`, draft('y'.repeat(90_000)));
  assert.equal(openDrafts(slot).get('0.md').text.length, 90_000);
});

test('skips unreadable drafts, and keeps the text of a draft whose other fields are invalid', () => {
  for (const text of ['', '{', 'null', '{}', '[1,null,["a.md"],["a.md",1]]'])
    assert.deepEqual(openDrafts(memorySlot(text)).get('a.md'), NO_DRAFT, text);
  const odd = JSON.stringify([['a.md', { text: 'Why?', edits: 7, left: [1], region: {} }]]);
  assert.deepEqual(openDrafts(memorySlot(odd)).get('a.md'), draft('Why?'));
});
