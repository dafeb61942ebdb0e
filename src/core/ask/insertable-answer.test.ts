import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertableAnswer } from './insertable-answer.ts';

const turn = {
  question: 'What is [[it]]?\nReally?',
  answer: 'A **slide** [1, 2].\n\n![x](https://evil.test) [9]',
};
const linkOf = (image: number) => (image === 1 ? '[[a.png|image 1]]' : `image ${image}`);

test('formats an answer as a paragraph, quote, or callout without active content', () => {
  const plain = ['A **slide** [[a.png|image 1]], image 2.', '', 'x \\[9&#93;'];
  assert.deepEqual(insertableAnswer(turn, 'plain', 2, linkOf), plain);
  const quote = plain.map((line) => `> ${line}`.trimEnd());
  assert.deepEqual(insertableAnswer(turn, 'quote', 2, linkOf), quote);
  assert.deepEqual(insertableAnswer(turn, 'callout', 2, linkOf), [
    '> [!question] What is \\[\\[it\\]\\]? Really?',
    ...quote,
  ]);
});
