import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionsOf, withQuestion, withTurn, withVersion } from './branches.ts';
import { type Conversation, NEW_CONVERSATION, type Turn, unanswered } from './conversation.ts';

const turn = (question: string, answer = `${question.at(0) ?? ''}!`): Turn => ({
  ...unanswered(question, answer),
  end: 'done',
  content: `Question: ${question}`,
});

const talk = (...questions: string[]): Conversation => ({
  ...NEW_CONVERSATION,
  turns: questions.map((question) => turn(question)),
  preface: { start: 0, content: 'images', told: [] },
});

const answers = ({ turns }: Conversation): string => turns.map(({ answer }) => answer).join(' ');

test('switches to every version of every turn, each with the turns that followed it', () => {
  let conversation = talk('A?', 'B?', 'C?');
  conversation = withTurn(conversation, 1, turn('B?', 'B2'));
  conversation = withTurn(conversation, 2, turn('D?', 'D'));
  conversation = withTurn(conversation, 2, turn('D?', 'D2'));
  conversation = withTurn(conversation, 1, turn('B?', 'B3'));
  assert.equal(answers(conversation), 'A! B3');
  assert.deepEqual(versionsOf(conversation, 1), { current: 2, count: 3 });

  conversation = withVersion(conversation, 1, 1);
  assert.equal(answers(conversation), 'A! B2 D2');
  assert.deepEqual(versionsOf(conversation, 2), { current: 1, count: 2 });
  conversation = withVersion(conversation, 2, 0);
  assert.equal(answers(conversation), 'A! B2 D');

  conversation = withVersion(conversation, 1, 0);
  assert.equal(answers(conversation), 'A! B! C!');
  assert.deepEqual(versionsOf(conversation, 2), { current: 0, count: 1 });
  conversation = withVersion(conversation, 1, 1);
  assert.equal(answers(conversation), 'A! B2 D', 'a branch is as it was left');
  assert.deepEqual(versionsOf(conversation, 1), { current: 1, count: 3 });
});

test('keeps the prompt before each version', () => {
  const first: Conversation = {
    ...talk('A?', 'B?', 'C?'),
    preface: { start: 2, content: 'in short', told: [] },
  };
  const again = { ...withTurn(first, 0, turn('A?', 'A2')), preface: { start: 0, content: 'new', told: [] } };
  assert.equal(withVersion(again, 0, 0).preface?.content, 'in short');
  assert.equal(withVersion(withVersion(again, 0, 0), 0, 1).preface?.content, 'new');
});

test('changes nothing for a version that does not exist', () => {
  const conversation = withTurn(talk('A?'), 0, turn('A?', 'A2'));
  assert.equal(withVersion(conversation, 0, 1), conversation, 'it is shown already');
  assert.equal(withVersion(conversation, 0, 7), conversation);
  assert.equal(withVersion(conversation, 3, 0), conversation);
});

test('adds a pending question once, and replaces it with the answer', () => {
  const waiting = withQuestion(talk('A?', 'B?'), 0, 'Edited?');
  assert.equal(answers(waiting), 'A! B!');
  assert.equal(withQuestion(waiting, 0, 'Edited?'), waiting);
  const two = withQuestion(waiting, 0, 'Else?');
  assert.deepEqual(versionsOf(two, 0), { current: 0, count: 3 });
  const answered = withTurn(two, 0, turn('Edited?', 'E'));
  assert.equal(answers(answered), 'E');
  assert.deepEqual(
    versionsOf(answered, 0),
    { current: 2, count: 3 },
    'no version of it is without an answer',
  );
  assert.deepEqual(
    [0, 1].map((version) => withVersion(answered, 0, version).turns[0]?.question),
    ['A?', 'Else?'],
  );
});

test('keeps an unanswered question that is edited', () => {
  const failed = withQuestion(NEW_CONVERSATION, 0, 'A?');
  const edited = withTurn(failed, 0, turn('B?'));
  assert.equal(withVersion(edited, 0, 0).turns[0]?.question, 'A?');
});
