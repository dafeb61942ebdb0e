import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import type { ChatDelta } from '../model/chat-model.ts';
import type { AskPorts, AskRequest } from './ask.ts';
import { createChatSession, type ChatSnapshot } from './chat-session.ts';
import { NEW_CONVERSATION } from './conversation.ts';

const request = (question: string): AskRequest => ({ question, files: [], images: [], region: null });

/** A model whose answers a test hands out piece by piece. */
function scripted(pieces: (signal: AbortSignal) => AsyncIterable<string>): AskPorts {
  return {
    model: {
      chat: {
        async *chat(_request, signal): AsyncGenerator<ChatDelta> {
          for await (const text of pieces(signal)) yield { text, end: null };
          yield { text: '', end: 'done' };
        },
      },
      name: 'scripted',
      contextLength: 4096,
      canSee: false,
      canCallTools: false,
      imagesAtOnce: 1,
      inputSize: (size) => size,
      imageTokens: () => 1,
      pointing: null,
    },
    images: { read: () => assert.fail() },
    codec: { fit: () => assert.fail() },
    rank: () => [],
    describe: () => assert.fail(),
    toolbox: null,
  };
}

const saying = (...words: string[]): AskPorts =>
  scripted(async function* () {
    for (const word of words) yield await Promise.resolve(word);
  });

/** Says a word, then nothing until it is stopped. */
const stuck = (): AskPorts =>
  scripted(async function* (signal) {
    yield 'One';
    if (!signal.aborted) await once(signal, 'abort');
    throw new NotesightError('cancelled', 'stopped');
  });

test('an answer grows in the snapshot, and becomes a turn at its end', async () => {
  const seen: ChatSnapshot[] = [];
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(saying('One', ' two')),
    (snapshot) => {
      seen.push(snapshot);
    },
  );
  await session.ask(request('What?'));
  assert.deepEqual(
    [...new Set(seen.map(({ pending }) => pending?.answer))],
    ['', 'One', 'One two', undefined],
  );
  assert.equal(seen[0]?.pending?.question, 'What?');
  assert.deepEqual(
    session.snapshot.conversation.turns.map(({ answer }) => answer),
    ['One two'],
  );
});

test('an answer begins again when what came turns out to be reasoning', async () => {
  const seen: (string | undefined)[] = [];
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(saying('Let me look.', '\n</think>\n\n', 'It is red.')),
    ({ pending }) => {
      seen.push(pending?.answer);
    },
  );
  await session.ask(request('What?'));
  assert.deepEqual([...new Set(seen)], ['', 'Let me look.', 'It is red.', undefined]);
  assert.equal(session.snapshot.conversation.turns[0]?.answer, 'It is red.');
});

test('a model that only reasons is an error', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(saying('<think>Let me look.')),
    () => undefined,
  );
  await session.ask(request('What?'));
  const { error } = session.snapshot.pending ?? {};
  assert.deepEqual([error?.code, error?.data['reason']], ['answer_unusable', 'reasoning']);
});

test('one question at a time; stopped, what came stays', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(stuck()),
    ({ pending }) => {
      if (pending?.answer === 'One') {
        void session.ask(request('Another?'));
        session.stop();
      }
    },
  );
  await session.ask(request('What?'));
  const { turns } = session.snapshot.conversation;
  assert.deepEqual(
    turns.map(({ question, answer, end }) => [question, answer, end]),
    [['What?', 'One', 'stopped']],
  );
  assert.equal(session.snapshot.pending, null);
});

test('what fails stands in the snapshot until the next question', async () => {
  let down = true;
  const session = createChatSession(
    NEW_CONVERSATION,
    () => (down ? Promise.reject(new NotesightError('server_down', 'away')) : Promise.resolve(saying('Yes'))),
    () => undefined,
  );
  await session.ask(request('What?'));
  assert.deepEqual(
    [session.snapshot.pending?.question, session.snapshot.pending?.error?.code],
    ['What?', 'server_down'],
  );
  assert.deepEqual(session.snapshot.conversation.turns, []);
  down = false;
  await session.ask(request('What?'));
  assert.equal(session.snapshot.pending, null);
  assert.equal(session.snapshot.conversation.turns.length, 1);
});

test('a question is asked again or otherwise in place of itself and of what followed', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(saying('Yes')),
    () => undefined,
  );
  for (const question of ['A?', 'B?', 'C?']) await session.ask(request(question));
  await session.ask(request('D?'), 1);
  assert.deepEqual(
    session.snapshot.conversation.turns.map(({ question }) => question),
    ['A?', 'D?'],
  );
});

test('it goes along with images that are renamed', async () => {
  const session = createChatSession(
    { ...NEW_CONVERSATION, files: ['img/a.png', 'b.png'] },
    () => Promise.resolve(saying('Yes')),
    () => undefined,
  );
  session.rename('img', 'pictures');
  session.rename('b.png', 'c.png');
  await session.ask({ ...request('A?'), files: ['c.png'] });
  assert.deepEqual(session.snapshot.conversation.files, ['pictures/a.png', 'c.png']);
});

test('cleared in the middle of an answer, nothing of it comes after', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(stuck()),
    ({ pending }) => {
      if (pending?.answer === 'One') session.clear();
    },
  );
  await session.ask(request('What?'));
  assert.deepEqual(session.snapshot, { conversation: NEW_CONVERSATION, pending: null });
});
