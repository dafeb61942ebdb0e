import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEW_CONVERSATION, type Turn, unanswered } from './conversation.ts';
import { conversationNote, fileNameOf } from './conversation-note.ts';

const turn = (question: string, answer: string): Turn => ({
  ...unanswered(question, answer),
  end: 'done',
  content: question,
});

test('writes questions as headings and answers with links to the images', () => {
  const conversation = {
    ...NEW_CONVERSATION,
    files: ['a.png'],
    turns: [
      turn('What is *this*?\nAnd that?', '# A slide [1]\n\n<b>x</b> ![](http://x.test/y.png)'),
      unanswered('Lost?'),
    ],
  };
  const text = conversationNote(conversation, 'About [note](note.md)', (image) => `[[a.png|image ${image}]]`);
  assert.match(
    text,
    /^About \[note\]\(note\.md\)\n\n## What is \\\*this\\\*\? And that\?\n\n### A slide \[\[a\.png\|image 1\]\]/,
  );
  assert.doesNotMatch(text, /<b>|!\[\]\(http|Lost/);
  assert.ok(text.endsWith('\n'));
});

test('makes file names that every system accepts', () => {
  assert.equal(fileNameOf('What is a/b: "c"? [[x]] #1'), 'What is a b c x 1');
  assert.equal(fileNameOf('...'), '');
  assert.equal(fileNameOf('.hidden\n'), 'hidden');
  assert.equal(fileNameOf('😀'.repeat(200)), '😀'.repeat(40));
  assert.equal(fileNameOf(`a${'😀'.repeat(200)}`), `a${'😀'.repeat(39)}`, 'no half of a character');
});
