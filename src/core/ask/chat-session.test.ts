import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import type { ChatDelta } from '../model/chat-model.ts';
import type { AskPorts, AskRequest } from './ask-request.ts';
import { versionsOf } from './branches.ts';
import { type ChatSnapshot, createChatSession } from './chat-session.ts';
import { type Conversation, NEW_CONVERSATION } from './conversation.ts';

const request = (question: string): AskRequest => ({
  question,
  files: [],
  images: [],
  note: '',
  selection: null,
  notes: [],
  region: null,
});

/** A model whose answers a test supplies piece by piece. */
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
      supportsImages: false,
      canCallTools: false,
      imagesAtOnce: 1,
      inputSize: (size) => size,
      imageTokens: () => 1,
      pointing: null,
    },
    images: { read: () => assert.fail() },
    notes: { read: () => assert.fail() },
    codec: { fit: () => assert.fail() },
    rank: () => [],
    describe: () => assert.fail(),
    toolbox: null,
  };
}

const answeringWith = (...words: string[]): AskPorts =>
  scripted(async function* () {
    for (const word of words) yield await Promise.resolve(word);
  });

/** Answers with one word, then hangs until it is stopped. */
const stuck = (): AskPorts =>
  scripted(async function* (signal) {
    yield 'One';
    if (!signal.aborted) await once(signal, 'abort');
    throw new NotesightError('cancelled', 'stopped');
  });

test('adds the answer to the snapshot as it grows, then to the turns', async () => {
  const seen: ChatSnapshot[] = [];
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(answeringWith('One', ' two')),
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

test('restarts the answer when the text so far turns out to be reasoning', async () => {
  const seen: (string | undefined)[] = [];
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(answeringWith('Let me look.', '\n</think>\n\n', 'It is red.')),
    ({ pending }) => {
      seen.push(pending?.answer);
    },
  );
  await session.ask(request('What?'));
  assert.deepEqual([...new Set(seen)], ['', 'Let me look.', 'It is red.', undefined]);
  assert.equal(session.snapshot.conversation.turns[0]?.answer, 'It is red.');
});

test('reports an error when the model only reasons', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(answeringWith('<think>Let me look.')),
    () => undefined,
  );
  await session.ask(request('What?'));
  const error = session.snapshot.failed?.error;
  assert.deepEqual([error?.code, error?.data['reason']], ['answer_unusable', 'reasoning']);
});

test('ignores a second question during an answer, and keeps the text when stopped', async () => {
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

const questions = ({ turns }: Conversation): string[] => turns.map(({ question }) => question);

/** A session whose model answers "Yes" until the test replaces it. */
function changeable(): {
  session: ReturnType<typeof createChatSession>;
  answering: { open: (signal: AbortSignal) => Promise<AskPorts> };
  seen: ChatSnapshot[];
} {
  const answering: ReturnType<typeof changeable>['answering'] = {
    open: () => Promise.resolve(answeringWith('Yes')),
  };
  const seen: ChatSnapshot[] = [];
  const session = createChatSession(
    NEW_CONVERSATION,
    (signal) => answering.open(signal),
    (snapshot) => {
      seen.push(snapshot);
    },
  );
  return { session, answering, seen };
}

const down = () => Promise.reject(new NotesightError('server_down', 'away'));

/** Waits for images or a model until it is stopped. */
const hanging = async (signal: AbortSignal): Promise<AskPorts> => {
  await once(signal, 'abort');
  throw new NotesightError('cancelled', 'stopped');
};

/** Returns nothing until it is stopped. */
const silent = (): Promise<AskPorts> =>
  Promise.resolve(
    scripted(async function* (signal) {
      if (!signal.aborted) await once(signal, 'abort');
      yield* [];
      throw new NotesightError('cancelled', 'stopped');
    }),
  );

test('keeps a question without an answer as a turn when the server is down', async () => {
  const { session, answering } = changeable();
  answering.open = down;
  await session.ask(request('What?'));
  const { conversation, failed, pending } = session.snapshot;
  assert.deepEqual([failed?.at, failed?.question, failed?.error?.code], [0, 'What?', 'server_down']);
  assert.equal(pending, null);
  assert.deepEqual(
    conversation.turns.map(({ question, answer, end }) => [question, answer, end]),
    [['What?', '', 'stopped']],
  );
});

test('keeps a question as a stopped turn when it is stopped before the answer', async () => {
  for (const open of [hanging, silent]) {
    const { session, answering } = changeable();
    await session.ask(request('First?'));
    answering.open = open;
    const asking = session.ask(request('What?'));
    await new Promise(setImmediate);
    session.stop();
    await asking;
    assert.deepEqual(questions(session.snapshot.conversation), ['First?', 'What?']);
    assert.deepEqual(session.snapshot.failed, { at: 1, question: 'What?', error: null });
  }
});

test('replaces the question with the answer when it is retried', async () => {
  const { session, answering } = changeable();
  answering.open = down;
  await session.ask(request('What?'));
  answering.open = () => Promise.resolve(answeringWith('Yes'));
  await session.ask(request('What?'), 0);
  assert.deepEqual(
    session.snapshot.conversation.turns.map(({ answer }) => answer),
    ['Yes'],
  );
  assert.equal(session.snapshot.failed, null);
  assert.equal(versionsOf(session.snapshot.conversation, 0).count, 1, 'no version is without an answer');
});

test('retries a failed question when the same question is asked again', async () => {
  const { session, answering } = changeable();
  answering.open = down;
  await session.ask(request('What?'));
  await session.ask(request('What?'));
  assert.deepEqual(questions(session.snapshot.conversation), ['What?']);
  await session.ask(request('Why?'));
  assert.deepEqual(questions(session.snapshot.conversation), ['What?', 'Why?'], 'another one is added');
});

test('omits questions without an answer from requests', async () => {
  const { session, answering } = changeable();
  await session.ask(request('A?'));
  answering.open = down;
  await session.ask(request('B?'));
  let sent: readonly string[] = [];
  answering.open = () => {
    const ports = answeringWith('Yes');
    const { chat } = ports.model;
    return Promise.resolve({
      ...ports,
      model: {
        ...ports.model,
        chat: {
          chat(asked, signal) {
            sent = asked.messages.map(({ content }) => content);
            return chat.chat(asked, signal);
          },
        },
      },
    });
  };
  await session.ask(request('C?'));
  assert.equal(sent.length, 4, 'the system prompt, a question with its answer, and a question');
  assert.doesNotMatch(sent.join('\n'), /B\?/);
  assert.deepEqual(questions(session.snapshot.conversation), ['A?', 'B?', 'C?']);
  await session.ask(request('D?'));
  assert.equal(sent.length, 6);
});

test('keeps the turns until the first word of another answer', async () => {
  const { session, answering, seen } = changeable();
  for (const question of ['A?', 'B?', 'C?']) await session.ask(request(question));
  const before = session.snapshot.conversation;
  for (const [question, open] of [
    ['A?', down],
    ['A?', hanging],
    ['A?', silent],
    ['Other?', down],
    ['Other?', hanging],
    ['Other?', silent],
  ] as const) {
    answering.open = open;
    seen.length = 0;
    const asking = session.ask(request(question), 0);
    await new Promise(setImmediate);
    session.stop();
    await asking;
    for (const { conversation, pending } of seen) {
      assert.deepEqual(conversation.turns, before.turns);
      assert.equal(pending?.hasBegun ?? false, false);
    }
  }
  const { conversation, failed } = session.snapshot;
  assert.deepEqual(failed, { at: 0, question: 'Other?', error: null });
  assert.deepEqual(versionsOf(conversation, 0), { current: 0, count: 2 }, 'the edited question is a version');
  session.switchTo(0, 1);
  assert.deepEqual(questions(session.snapshot.conversation), ['Other?']);
});

test('includes everything in the stored conversation at any time', async () => {
  const { session, answering } = changeable();
  for (const question of ['A?', 'B?']) await session.ask(request(question));
  const all = (conversation: Conversation) => JSON.stringify(conversation);
  answering.open = hanging;
  const asking = session.ask(request('Edited?'), 0);
  for (const question of ['A?', 'B?', 'Edited?'])
    assert.ok(all(session.kept).includes(`"question":"${question}"`), question);
  session.stop();
  await asking;
  answering.open = () => Promise.resolve(stuck());
  const begun = session.ask(request('Edited?'), 0);
  while (session.snapshot.pending?.answer !== 'One') await new Promise(setImmediate);
  assert.deepEqual(questions(session.kept), ['Edited?']);
  assert.ok(all(session.kept).includes('"answer":"One"'));
  for (const question of ['A?', 'B?']) assert.ok(all(session.kept).includes(`"question":"${question}"`));
  session.stop();
  await begun;
  assert.deepEqual(versionsOf(session.snapshot.conversation, 0), { current: 1, count: 2 });
});

test('keeps the beginning of an answer and the turns it replaced when the server fails', async () => {
  const { session, answering } = changeable();
  for (const question of ['A?', 'B?']) await session.ask(request(question));
  answering.open = () =>
    Promise.resolve(
      scripted(async function* () {
        yield await Promise.resolve('Half');
        throw new NotesightError('server_down', 'away');
      }),
    );
  await session.ask(request('A?'), 0);
  const { conversation, failed } = session.snapshot;
  assert.deepEqual(
    conversation.turns.map(({ question, answer }) => [question, answer]),
    [['A?', 'Half']],
  );
  assert.equal(failed?.error?.code, 'server_down');
  session.switchTo(0, 0);
  assert.deepEqual(questions(session.snapshot.conversation), ['A?', 'B?']);
  assert.equal(session.snapshot.failed, null);
});

test('replaces a question and the turns that follow when it is asked again or edited', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(answeringWith('Yes')),
    () => undefined,
  );
  for (const question of ['A?', 'B?', 'C?']) await session.ask(request(question));
  await session.ask(request('D?'), 1);
  assert.deepEqual(
    session.snapshot.conversation.turns.map(({ question }) => question),
    ['A?', 'D?'],
  );
  assert.deepEqual(versionsOf(session.snapshot.conversation, 1), { current: 1, count: 2 });
  session.switchTo(1, 0);
  assert.deepEqual(questions(session.snapshot.conversation), ['A?', 'B?', 'C?']);
});

test('renames an image during an answer', async () => {
  const session = createChatSession(
    { ...NEW_CONVERSATION, files: ['a.png'] },
    () => Promise.resolve(answeringWith('Yes', ' it is')),
    ({ pending }) => {
      if (pending?.answer === 'Yes' && session.snapshot.conversation.files[0] === 'a.png')
        session.rename('a.png', 'b.png');
    },
  );
  await session.ask({ ...request('A?'), files: ['a.png', 'c.png'] });
  assert.deepEqual(session.snapshot.conversation.files, ['b.png', 'c.png']);
});

test('renames images and folders', async () => {
  const session = createChatSession(
    { ...NEW_CONVERSATION, files: ['img/a.png', 'b.png'] },
    () => Promise.resolve(answeringWith('Yes')),
    () => undefined,
  );
  session.rename('img', 'pictures');
  session.rename('b.png', 'c.png');
  await session.ask({ ...request('A?'), files: ['c.png'] });
  assert.deepEqual(session.snapshot.conversation.files, ['pictures/a.png', 'c.png']);
});

test('discards the answer in progress when another conversation is opened', async () => {
  const session = createChatSession(
    NEW_CONVERSATION,
    () => Promise.resolve(stuck()),
    ({ pending }) => {
      if (pending?.answer === 'One') session.open(NEW_CONVERSATION);
    },
  );
  await session.ask(request('What?'));
  assert.deepEqual(session.snapshot, { conversation: NEW_CONVERSATION, pending: null, failed: null });
});
