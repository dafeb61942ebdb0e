import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NotesightError } from '../errors.ts';
import type { ChatDelta, ChatModel, ChatRequest } from '../model/chat-model.ts';
import { readAnswer, type Answered, streamAnswer, type AnswerUpdate, unusable } from './read-answer.ts';

const never = new AbortController().signal;
const REQUEST: ChatRequest = {
  messages: [
    { role: 'system', content: 'You see.' },
    { role: 'user', content: 'What is this?' },
  ],
  maxTokens: 100,
};
const WITH_SCHEMA: ChatRequest = { ...REQUEST, schema: { type: 'object' } };
const JSON_ANSWER = '{"alt": "A red kite"}';

type Answer = Partial<ChatDelta> | readonly Partial<ChatDelta>[] | NotesightError;

const isList = (answer: Answer): answer is readonly Partial<ChatDelta>[] => Array.isArray(answer);

/** A model that returns these answers, one per request. */
function scripted(...answers: readonly Answer[]): {
  readonly chat: ChatModel;
  readonly requests: ChatRequest[];
} {
  const requests: ChatRequest[] = [];
  return {
    requests,
    chat: {
      async *chat(request) {
        const answer = answers[requests.push(request) - 1] ?? {};
        if (answer instanceof NotesightError) throw answer;
        const deltas = isList(answer) ? answer : [answer];
        for (const delta of deltas) yield await Promise.resolve({ text: '', end: null, ...delta });
        yield { text: '', end: deltas.at(-1)?.end ?? 'done' };
      },
    },
  };
}

async function readFrom(
  request: ChatRequest,
  ...answers: Answer[]
): Promise<Answered & { requests: ChatRequest[] }> {
  const { chat, requests } = scripted(...answers);
  return { ...(await readAnswer(chat, request, never)), requests };
}

test('retries with more room and without reasoning when reasoning used up the answer', async () => {
  const reasonings: Answer[] = [
    { thought: 'Okay, so the image shows', end: 'length' },
    { text: '<think>Okay, so the image shows', end: 'length' },
    { text: 'The kite is red.</think>' },
  ];
  for (const reasoning of reasonings) {
    const { text, onlyReasoned, requests } = await readFrom(WITH_SCHEMA, reasoning, { text: 'A red kite.' });
    assert.deepEqual([text, onlyReasoned, requests.length], ['A red kite.', false, 2]);
    const [, again] = requests;
    assert.equal(again?.schema, undefined);
    assert.ok((again?.maxTokens ?? 0) >= 4096);
    assert.match(again?.messages.at(-1)?.content ?? '', /^What is this\?\n\n.*without reasoning/s);
  }
});

test('reports reasoning without an answer when the retry only reasons too', async () => {
  const reasoning = { thought: 'Okay, so', end: 'length' } as const;
  const heard = await readFrom(REQUEST, reasoning, reasoning, { text: 'Too late.' });
  assert.deepEqual([heard.text, heard.onlyReasoned, heard.requests.length], ['', true, 2]);
  const { code, data } = unusable(heard);
  assert.deepEqual([code, data['reason']], ['answer_unusable', 'reasoning']);
});

test('accepts JSON at the end of the reasoning when JSON was requested', async () => {
  for (const thought of [
    JSON_ANSWER,
    `A draft: {"alt": "A bird"}. No.\n\`\`\`json\n${JSON_ANSWER}\n\`\`\``,
  ]) {
    const { text, requests } = await readFrom(WITH_SCHEMA, { thought });
    assert.deepEqual([text, requests.length], [JSON_ANSWER, 1]);
  }
  const draft = await readFrom(WITH_SCHEMA, { thought: `${JSON_ANSWER} is only a draft.` }, { text: 'Red.' });
  assert.equal(draft.text, 'Red.');
  assert.equal((await readFrom(REQUEST, { thought: JSON_ANSWER }, { text: 'Red.' })).text, 'Red.');
});

test('sends one request when there is an answer, a call, or nothing at all', async () => {
  const call = { name: 'look', arguments: '{}' };
  for (const answer of [{ text: 'Red.', thought: 'Hm.' }, { thought: 'Hm.', calls: [call] }, {}]) {
    assert.equal((await readFrom(REQUEST, answer)).requests.length, 1);
  }
});

test('keeps the first answer when the server has no room for a longer one', async () => {
  const overflow = new NotesightError('context_overflow', 'too long');
  assert.equal((await readFrom(REQUEST, { thought: 'Hm.', end: 'length' }, overflow)).onlyReasoned, true);
  const down = new NotesightError('server_down', 'gone');
  await assert.rejects(readFrom(REQUEST, { thought: 'Hm.', end: 'length' }, down), { code: 'server_down' });
});

test('reports a restart when reasoning ends without an opening marker', async () => {
  const pieces = ['Let me look.', ' It is red.</th', 'ink>\n\nThe kite', ' is red.'].map((text) => ({
    text,
  }));
  const updates: AnswerUpdate[] = [];
  for await (const each of streamAnswer(scripted(pieces).chat, REQUEST, never)) updates.push(each);
  assert.deepEqual(
    updates.map(({ restarts }) => restarts),
    [false, false, true, false, false],
  );
  assert.equal(updates.at(-1)?.heard?.text, 'The kite is red.');
});

test('restarts when the whole answer turns out to be reasoning', async () => {
  const updates: AnswerUpdate[] = [];
  const { chat } = scripted({ text: 'The kite is red.\n</think>' }, { text: 'Red.' });
  for await (const each of streamAnswer(chat, REQUEST, never)) updates.push(each);
  const shown = updates.reduce((text, each) => (each.restarts ? '' : text) + each.text, '');
  assert.equal(shown, 'Red.');
});

test('stops a model that repeats itself in its answer or in its reasoning', async () => {
  const loop = 'la la la la lo '.repeat(40);
  assert.equal((await readFrom(REQUEST, { text: loop })).end, 'looped');
  const { text, requests } = await readFrom(REQUEST, { thought: loop }, { text: 'Red.' });
  assert.deepEqual([text, requests.length], ['Red.', 2]);
});
