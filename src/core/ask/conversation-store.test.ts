import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withQuestion, withTurn, withVersion } from './branches.ts';
import { openConversations, type TextFile } from './conversation-store.ts';
import {
  type Conversation,
  NEW_CONVERSATION,
  renamed,
  titleOf,
  type Turn,
  unanswered,
} from './conversation.ts';

function memoryFile(text = ''): TextFile & { text: string } {
  const file = {
    text,
    read: () => Promise.resolve(file.text),
    write(next: string) {
      file.text = next;
      return Promise.resolve();
    },
  };
  return file;
}

const turn = (question: string, answer = 'Yes [1].'): Turn => ({
  question,
  answer,
  end: 'done',
  content: `Question: ${question}`,
  pictures: [
    {
      image: 1,
      region: { x: 0, y: 0, width: 2, height: 3 },
      fingerprint: 'f',
      tokens: 9,
      size: { width: 20, height: 30 },
    },
  ],
  told: [1],
  time: { milliseconds: 1200, generated: { tokens: 40, milliseconds: 1000 } },
  rounds: [
    {
      text: '',
      calls: [
        {
          name: 'read_text',
          arguments: '{"image":1,"left":0,"top":0,"right":50,"bottom":50}',
          result: 'Words',
          failed: false,
          target: { image: 1, part: { left: 0, top: 0, right: 50, bottom: 50 }, words: '' },
        },
      ],
      isLast: false,
    },
  ],
  missing: [],
});

const talk = (...turns: Turn[]): Conversation => ({
  ...NEW_CONVERSATION,
  files: ['img/a.png'],
  turns,
  preface: { start: 0, content: '', told: [1] },
});

test('restores a conversation after a restart', async () => {
  const file = memoryFile();
  await (await openConversations(file)).put('note.md', talk(turn('Why?')));
  const store = await openConversations(file);
  assert.deepEqual(store.get('note.md'), talk(turn('Why?')));
  assert.equal(store.get('other.md'), null);
});

test('deletes a conversation without turns, and clears all conversations', async () => {
  const file = memoryFile();
  const store = await openConversations(file);
  await store.put('a.md', talk(turn('A?')));
  await store.put('b.md', talk(turn('B?')));
  await store.put('a.md', NEW_CONVERSATION);
  assert.deepEqual([store.get('a.md'), store.get('b.md')?.turns.length], [null, 1]);
  await store.clear();
  assert.equal((await openConversations(file)).get('b.md'), null);
});

test('updates conversations when notes, images, or folders are renamed', async () => {
  const file = memoryFile();
  const store = await openConversations(file);
  await store.put('notes/a.md', talk(turn('A?')));
  await store.rename('notes', 'old');
  await store.rename('img/a.png', 'img/b.png');
  await store.rename('img', 'pictures');
  await store.rename('pict', 'x');
  const kept = (await openConversations(file)).get('old/a.md');
  assert.deepEqual(kept?.files, ['pictures/b.png']);
  assert.equal(
    renamed('n/a.md#data:image/png, 3 kB, 0123abcd', 'n/a.md', 'b.md'),
    'b.md#data:image/png, 3 kB, 0123abcd',
  );
});

test('removes earlier conversations, then the oldest turns, when the store is full', async () => {
  const file = memoryFile();
  const store = await openConversations(file);
  await store.put('first.md', talk(turn('Mine?')));
  for (let note = 0; note < 7; note++) {
    await store.put(`${note}.md`, talk(turn('Long?', 'x'.repeat(1_500_000))));
    if (note < 3) await store.begin(`${note}.md`);
  }
  assert.ok(file.text.length <= 10_001_000, String(file.text.length));
  assert.deepEqual(store.history('0.md'), []);
  assert.equal(store.history('1.md').length, 1);
  assert.ok(store.get('first.md'), 'a current one stays as long as there are earlier ones');
  assert.ok(store.get('6.md'));

  const branched = withTurn(
    {
      ...talk(turn('One?', 'x'.repeat(1_500_000)), turn('Two?', 'y'.repeat(1_500_000)), turn('Three?')),
      preface: { start: 2, content: 'words', told: [1] },
    },
    2,
    turn('Other?'),
  );
  await store.put('long.md', { ...branched, preface: { start: 2, content: 'words', told: [1] } });
  const long = (await openConversations(file)).get('long.md') ?? assert.fail();
  assert.deepEqual(
    long.turns.map(({ question }) => question),
    ['Two?', 'Other?'],
  );
  assert.deepEqual(long.preface, { start: 1, content: 'words', told: [1] });
  assert.deepEqual(withVersion(long, 1, 0).turns.at(-1)?.question, 'Three?');
});

test('moves a conversation to the history of its note when a new one begins', async () => {
  const file = memoryFile();
  let time = 1000;
  const store = await openConversations(file, () => time++);
  await store.put('a.md', talk(turn('First?')));
  await store.begin('a.md');
  await store.put('a.md', talk(turn('Second?')));
  await store.begin('a.md');
  await store.put('b.md', talk(turn('Other?')));
  await store.begin('b.md');
  await store.put('a.md', talk(turn('Third?')));
  const again = await openConversations(file);
  const listed = () => again.history('a.md').map(({ conversation }) => titleOf(conversation));
  assert.deepEqual(listed(), ['Second?', 'First?']);
  assert.deepEqual(
    again.history('a.md').map(({ changed }) => changed),
    [1001, 1000],
  );
  const [second, first] = again.history('a.md');
  await again.resume(first?.id ?? 0);
  assert.equal(again.get('a.md')?.turns[0]?.question, 'First?');
  assert.deepEqual(listed(), ['Third?', 'Second?']);
  assert.ok(second);
  await again.remove(second.id);
  assert.deepEqual((await openConversations(file)).history('a.md').length, 1);
  await again.restore(second);
  assert.deepEqual(listed(), ['Third?', 'Second?']);
  await again.remove(0);
  assert.equal((await openConversations(file)).history('b.md').length, 1);
});

test('adds a conversation to the history when another note takes its path', async () => {
  const store = await openConversations(memoryFile());
  await store.put('a.md', talk(turn('A?')));
  await store.put('b.md', talk(turn('B?')));
  await store.rename('b.md', 'a.md');
  assert.equal(store.get('a.md')?.turns[0]?.question, 'B?');
  assert.deepEqual(
    store.history('a.md').map(({ conversation }) => titleOf(conversation)),
    ['A?'],
  );
});

test('restores versions of a turn and questions without an answer after a restart', async () => {
  const file = memoryFile();
  const asked = withQuestion(withTurn(talk(turn('A?'), turn('B?')), 0, turn('Other?')), 1, 'Waits?');
  await (await openConversations(file)).put('note.md', withQuestion(asked, 0, 'Edited?'));
  const read = (await openConversations(file)).get('note.md') ?? assert.fail();
  assert.deepEqual(
    read.turns.map(({ question }) => question),
    ['Other?', 'Waits?'],
  );
  assert.deepEqual(
    [0, 2].map((version) => withVersion(read, 0, version).turns.map(({ question }) => question)),
    [['A?', 'B?'], ['Edited?']],
  );
  const alone = { ...NEW_CONVERSATION, turns: [unanswered('Why?')] };
  await (await openConversations(file)).put('alone.md', alone);
  assert.deepEqual((await openConversations(file)).get('alone.md'), alone);
});

test('keeps a conversation when one of its branches is unreadable', async () => {
  const odd = { ...talk(turn('Why?')), branches: [{ at: 0, turns: 'none' }] };
  const file = memoryFile(JSON.stringify({ notes: [['note.md', odd]] }));
  assert.equal((await openConversations(file)).get('note.md')?.turns.length, 1);
});

test('skips unreadable entries', async () => {
  const good = JSON.stringify(['good.md', talk(turn('Why?'))]);
  const odd = [
    ['gone.md', { ...talk(turn('Why?')), files: [] }],
    ['start.md', { ...talk(), preface: { start: 4, content: '', told: [] } }],
    ['turns.md', { ...talk(), turns: [{}] }],
    'x',
    [1, talk()],
    null,
  ].map((entry) => JSON.stringify(entry));
  const store = await openConversations(memoryFile(`{"notes":[${[...odd, good].join(',')}]}`));
  assert.equal(store.get('good.md')?.turns.length, 1);
  for (const note of ['gone.md', 'start.md', 'turns.md']) assert.equal(store.get(note), null, note);
  for (const text of ['', '{', 'null', '[]', '{"notes":1}']) {
    assert.equal((await openConversations(memoryFile(text))).get('good.md'), null);
  }
});

test('reads conversations from versions without tools as having no calls', async () => {
  const { rounds, ...old } = turn('Why?');
  const file = memoryFile(JSON.stringify({ notes: [['note.md', { ...talk(turn('Why?')), turns: [old] }]] }));
  const [read] = (await openConversations(file)).get('note.md')?.turns ?? [];
  assert.deepEqual(read, { ...old, rounds: [] });
  assert.equal(rounds.length, 1);
});

test('reads pictures from versions that kept no size', async () => {
  const [{ size, ...old } = { size: null }] = turn('Why?').pictures;
  const stored = { ...turn('Why?'), pictures: [old] };
  const file = memoryFile(
    JSON.stringify({ notes: [['note.md', { ...talk(turn('Why?')), turns: [stored] }]] }),
  );
  const [read] = (await openConversations(file)).get('note.md')?.turns ?? [];
  assert.deepEqual(read?.pictures, [{ ...old, size: null }]);
  assert.notEqual(size, null);
});

test('rejects a conversation when a call refers to an image that does not exist', async () => {
  const broken = { ...talk(turn('Why?')), files: [] };
  const file = memoryFile(JSON.stringify({ notes: [['note.md', broken]] }));
  assert.equal((await openConversations(file)).get('note.md'), null);
});
