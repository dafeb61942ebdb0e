import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEW_CONVERSATION, renamed, type Conversation, type Turn } from './conversation.ts';
import { openConversations, type TextFile } from './conversation-store.ts';

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
  pictures: [{ image: 1, region: { x: 0, y: 0, width: 2, height: 3 }, fingerprint: 'f', tokens: 9 }],
  told: [1],
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
});

const talk = (...turns: Turn[]): Conversation => ({
  ...NEW_CONVERSATION,
  files: ['img/a.png'],
  turns,
  preface: { start: 0, content: '', told: [1] },
});

test('a conversation is there after a restart', async () => {
  const file = memoryFile();
  await (await openConversations(file)).put('note.md', talk(turn('Why?')));
  const store = await openConversations(file);
  assert.deepEqual(store.get('note.md'), talk(turn('Why?')));
  assert.equal(store.get('other.md'), null);
});

test('one without turns is forgotten, and all are cleared', async () => {
  const file = memoryFile();
  const store = await openConversations(file);
  await store.put('a.md', talk(turn('A?')));
  await store.put('b.md', talk(turn('B?')));
  await store.put('a.md', NEW_CONVERSATION);
  assert.deepEqual([store.get('a.md'), store.get('b.md')?.turns.length], [null, 1]);
  await store.clear();
  assert.equal((await openConversations(file)).get('b.md'), null);
});

test('conversations go along with notes, images and folders that are renamed', async () => {
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

test('the oldest go where there is too much, and the oldest turns of one that is too long', async () => {
  const file = memoryFile();
  const store = await openConversations(file);
  for (let note = 0; note < 12; note++)
    await store.put(`${note}.md`, talk(turn('Long?', 'x'.repeat(150_000))));
  assert.ok(file.text.length <= 1_001_000, String(file.text.length));
  assert.equal(store.get('0.md'), null);
  assert.ok(store.get('11.md'));
  await store.put('long.md', {
    ...talk(turn('One?', 'x'.repeat(150_000)), turn('Two?', 'y'.repeat(150_000)), turn('Three?')),
    preface: { start: 2, content: 'words', told: [1] },
  });
  const { turns, preface } = store.get('long.md') ?? assert.fail();
  assert.deepEqual(
    turns.map(({ question }) => question),
    ['Two?', 'Three?'],
  );
  assert.deepEqual(preface, { start: 1, content: 'words', told: [1] });
});

test('what cannot be read is passed over', async () => {
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

test('conversations that were kept before there were tools are read, and called nothing', async () => {
  const { rounds, ...old } = turn('Why?');
  const file = memoryFile(JSON.stringify({ notes: [['note.md', { ...talk(turn('Why?')), turns: [old] }]] }));
  const [read] = (await openConversations(file)).get('note.md')?.turns ?? [];
  assert.deepEqual(read, { ...old, rounds: [] });
  assert.equal(rounds.length, 1);
});

test('a call that names an image which is not there is no conversation', async () => {
  const broken = { ...talk(turn('Why?')), files: [] };
  const file = memoryFile(JSON.stringify({ notes: [['note.md', broken]] }));
  assert.equal((await openConversations(file)).get('note.md'), null);
});
