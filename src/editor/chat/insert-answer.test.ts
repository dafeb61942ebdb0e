import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../../core/ask/conversation.ts';
import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import { applyEdits } from '../../core/markdown/text-edit.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import { insertEdit } from './insert-answer.ts';

const NO_IMAGES: ChatNoteImages = {
  current: [],
  textTokens: 0,
  textWith: () => '',
  read: () => [],
  refresh: () => Promise.resolve(),
  contextOf: () => ({ language: 'en', noteTitle: '', before: '', after: '' }),
  urlOf: () => '',
};

/** Inserts an answer at the position marked with `|` in a note. */
function insert(marked: string, answer: string, form: AnswerForm = 'plain'): string {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const editor = { text: () => text, selection: () => ({ from: at, to: at }) };
  const turn = { answer, pictures: [] } as unknown as Turn;
  const edit = insertEdit(editor, { turn, files: [], form, place: 'cursor' }, NO_IMAGES, String);
  return edit === null ? text : applyEdits(text, [edit]);
}

test('inserts a short answer within a line', () => {
  assert.equal(insert('It is | here.', 'red'), 'It is red here.');
});

test('separates an answer of several lines from the text around it', () => {
  assert.equal(insert('a|b', 'one\n\ntwo'), 'a\n\none\n\ntwo\n\nb');
});

test('leaves a heading whole', () => {
  assert.equal(insert('a\n\n|## T\n\nb', 'red'), 'a\n\nred\n\n## T\n\nb');
  assert.equal(insert('## |T\n\nb', 'red'), 'red\n\n## T\n\nb');
  assert.equal(insert('## T|itle\n\nb', 'red'), '## Title\n\nred\n\nb');
  assert.equal(insert('# T|', 'one\n\ntwo'), '# T\n\none\n\ntwo');
});
