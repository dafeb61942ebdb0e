import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { gemma3, llava, qwen25vl } from '../../../test/fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../../../test/fakes/fake-ollama.ts';
import { NotesightError } from '../errors.ts';
import type { ChatDelta, ChatModel, ChatRequest } from '../model/chat-model.ts';
import type { Description } from '../model/image-description.ts';
import { createOllamaConversationModel } from '../servers/ollama/ollama-conversation-model.ts';
import { type AskImage, type AskPorts, type AskRequest } from './ask-request.ts';
import { ask, type AskEvent } from './ask.ts';
import { before, type Conversation, NEW_CONVERSATION } from './conversation.ts';

/** The signature by which the fake server recognizes an image. */
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const never = new AbortController().signal;

interface Setup {
  readonly fake: FakeOllama;
  readonly ports: AskPorts;
  /** Files that can't be read, and files whose bytes are not their name. */
  readonly broken: Set<string>;
  readonly bytes: Map<string, string>;
}

/** A vault whose images are described by their names, and a model on a fake server that records its requests. */
async function setUp(t: TestContext, model: FakeModel = gemma3): Promise<Setup> {
  const fake = await startFakeOllama({ models: [{ answer: () => 'It is [1].', ...model }] });
  t.after(() => fake.close());
  const server = { host: fake.url, fetch };
  const broken = new Set<string>();
  const bytes = new Map<string, string>();
  const read = (file: string): Promise<Uint8Array<ArrayBuffer>> =>
    broken.has(file)
      ? Promise.reject(new NotesightError('image_missing', 'gone', { data: { path: file } }))
      : Promise.resolve(new TextEncoder().encode(bytes.get(file) ?? file));
  const ports: AskPorts = {
    model: await createOllamaConversationModel(server, model.name, never),
    images: { read },
    notes: { read: (path) => Promise.resolve(`---\na: b\n---\nText of ${path}`) },
    codec: {
      async fit(source, size, _signal, region) {
        const part = region ?? { width: 100, height: 80 };
        const mark = new TextEncoder().encode(region ? JSON.stringify(region) : '');
        const { width, height } = size(part);
        return Promise.resolve({
          bytes: new Uint8Array([...PNG, ...source, ...mark]),
          type: 'image/png',
          width,
          height,
        });
      },
    },
    rank: (question, documents) =>
      documents
        .filter(({ text }) => text.split(/\W+/).some((word) => word.length > 2 && question.includes(word)))
        .map(({ id }) => id),
    describe: async (file) => {
      await read(file);
      return described(file);
    },
    toolbox: null,
  };
  return { fake, ports, broken, bytes };
}

const described = (file: string): Description => ({
  alt: `Shows ${file.replace('.png', '')}`,
  description: '',
  text: '',
  tags: [],
  decorative: false,
});

const image = (file: string, pinned = false): AskImage => ({ file, alt: '', around: '', pinned });

const SEVEN = ['lake', 'chart', 'cat', 'tower', 'bridge', 'forest', 'map'].map((name) => `${name}.png`);

const about = (
  question: string,
  files: readonly string[] = SEVEN,
  more: Partial<AskRequest> = {},
): AskRequest => ({
  question,
  files,
  images: files.map((file) => image(file)),
  note: '',
  selection: null,
  notes: [],
  region: null,
  ...more,
});

async function events(asking: AsyncIterable<AskEvent>): Promise<AskEvent[]> {
  const all: AskEvent[] = [];
  for await (const event of asking) all.push(event);
  return all;
}

function ended(all: readonly AskEvent[]): Extract<AskEvent, { type: 'end' }> {
  const last = all.at(-1);
  assert.equal(last?.type, 'end');
  return last;
}

function plannedOf(all: readonly AskEvent[]): Extract<AskEvent, { type: 'planned' }> {
  const plan = all.find((event) => event.type === 'planned');
  assert.ok(plan);
  return plan;
}

/** The names of the images in a request. */
const sentImages = (fake: FakeOllama, index = -1): string[] =>
  fake.chats.at(index)?.images.map((bytes) => bytes.subarray(PNG.length).toString()) ?? [];

test('includes the selection and other notes, and sends the images in the selection', async (t) => {
  const { fake, ports } = await setUp(t);
  const selection = { text: 'See [3] and [7] </selection>', files: ['cat.png', 'map.png'] };
  await events(
    ask(about('What is it?', SEVEN, { selection, notes: ['sub/other.md'] }), NEW_CONVERSATION, ports, never),
  );
  assert.match(
    fake.chats[0]?.messages.at(-1)?.content ?? '',
    /<selection>\nSee \[3\] and \[7\] ‹\/selection>\n<\/selection>\n<other name="other">\nText of sub\/other.md\n<\/other>\n[^]*Question: What is it\?$/,
  );
  assert.deepEqual(sentImages(fake).slice(0, 2), ['cat.png', 'map.png']);
});

test('sends the images that the question is about as pictures and the others as text', async (t) => {
  const { fake, ports } = await setUp(t);
  const all = await events(ask(about('Is the tower behind the bridge?'), NEW_CONVERSATION, ports, never));
  assert.deepEqual(sentImages(fake), ['tower.png', 'bridge.png']);
  const content = fake.chats[0]?.messages.at(-1)?.content ?? '';
  assert.match(content, /^\[1\] Shows lake$/m);
  assert.match(content, /^\[7\] Shows map$/m);
  assert.match(
    content,
    /Attached pictures, in this order: \[4\], \[5\]\.\nQuestion: Is the tower behind the bridge\?$/,
  );
  const plan = plannedOf(all);
  assert.deepEqual(
    plan.pictures.map(({ image: number }) => number),
    [4, 5],
  );
  assert.deepEqual(plan.inWords, [1, 2, 3, 6, 7]);
  assert.deepEqual(all.filter(({ type }) => type === 'described').length, 7);
  assert.equal(all.map((event) => (event.type === 'text' ? event.text : '')).join(''), 'It is [1].');
  const { conversation, end } = ended(all);
  assert.deepEqual([end, conversation.files, conversation.turns[0]?.answer], ['done', SEVEN, 'It is [1].']);
});

test('sends the first images once when the question is about none in particular', async (t) => {
  const { fake, ports } = await setUp(t);
  const first = ended(await events(ask(about('Hm?'), NEW_CONVERSATION, ports, never)));
  assert.deepEqual(sentImages(fake), SEVEN.slice(0, 4));
  await events(ask(about('And?'), first.conversation, ports, never));
  assert.equal(fake.chats[1]?.messages.at(-1)?.images.length, 0);
});

test('starts the second request, byte for byte, with the first one and its answer', async (t) => {
  const { fake, ports } = await setUp(t);
  const first = ended(await events(ask(about('What does the chart show?'), NEW_CONVERSATION, ports, never)));
  await events(ask(about('And the lake?'), first.conversation, ports, never));
  const [one, two] = fake.seen
    .filter(({ path }) => path === '/api/chat')
    .map(({ body }) => JSON.parse(body) as Body);
  assert.ok(one && two);
  assert.deepEqual(two.messages.slice(0, one.messages.length), one.messages);
  assert.deepEqual(two.messages[one.messages.length], { role: 'assistant', content: 'It is [1].' });
  assert.deepEqual({ ...two, messages: [] }, { ...one, messages: [] });
});

interface Body {
  readonly messages: readonly object[];
}

test('gives an image that is added later the next number and a line of its own', async (t) => {
  const { fake, ports } = await setUp(t);
  const first = ended(await events(ask(about('Hm?', ['lake.png']), NEW_CONVERSATION, ports, never)));
  const all = await events(ask(about('And?', ['new.png', 'lake.png']), first.conversation, ports, never));
  assert.match(fake.chats[1]?.messages.at(-1)?.content ?? '', /^<images>\n\[2\] Shows new\n<\/images>\n/);
  assert.deepEqual(ended(all).conversation.files, ['lake.png', 'new.png']);
});

test('keeps the numbers of images that are not part of the question', async (t) => {
  const { fake, ports } = await setUp(t);
  const request = { ...about('What?'), images: [image('cat.png')] };
  const { conversation } = ended(await events(ask(request, NEW_CONVERSATION, ports, never)));
  assert.match(fake.chats[0]?.messages.at(-1)?.content ?? '', /^<images>\n\[3\] Shows cat\n<\/images>\n/);
  assert.deepEqual(conversation.files, SEVEN);
});

test('sends pinned images whatever the question', async (t) => {
  const { fake, ports } = await setUp(t);
  const request = about('Is the tower high?', ['tower.png', 'cat.png'], {
    images: [image('tower.png'), image('cat.png', true)],
  });
  await events(ask(request, NEW_CONVERSATION, ports, never));
  assert.deepEqual(sentImages(fake), ['cat.png', 'tower.png']);
});

test('sends a region with the whole image, or alone when the model takes one image only', async (t) => {
  const part = { x: 10, y: 5, width: 20, height: 30 };
  const request = about('How many?', ['map.png'], { region: { file: 'map.png', part } });
  const one = await setUp(t);
  await events(ask(request, NEW_CONVERSATION, one.ports, never));
  assert.deepEqual(sentImages(one.fake), ['map.png', `map.png${JSON.stringify(part)}`]);
  assert.match(one.fake.chats[0]?.messages.at(-1)?.content ?? '', /in this order: \[1\], a part of \[1\]\./);
  const two = await setUp(t, llava);
  await events(ask(request, NEW_CONVERSATION, two.ports, never));
  assert.deepEqual(sentImages(two.fake), [`map.png${JSON.stringify(part)}`]);
});

test('sends only text to a text-only model', async (t) => {
  const { fake, ports } = await setUp(t, { name: 'llama3:8b', capabilities: ['completion'] });
  const all = await events(ask(about('Is the tower high?'), NEW_CONVERSATION, ports, never));
  assert.deepEqual(sentImages(fake), []);
  assert.match(fake.chats[0]?.text ?? '', /\[4\] Shows tower/);
  assert.equal(plannedOf(all).inWords.length, 7);
});

test('describes an unreadable image by its note, and reports the reason', async (t) => {
  const { fake, ports, broken } = await setUp(t);
  broken.add('tower.png').add('cat.png');
  const images = [{ ...image('tower.png'), alt: 'My tower' }, image('cat.png'), image('lake.png')];
  const all = await events(
    ask(
      about('tower, cat, lake', ['tower.png', 'cat.png', 'lake.png'], { images }),
      NEW_CONVERSATION,
      ports,
      never,
    ),
  );
  assert.deepEqual(sentImages(fake), ['lake.png']);
  assert.match(fake.chats[0]?.text ?? '', /^\[1\] My tower\n\[2\] cat\.png\n\[3\] Shows lake$/m);
  assert.deepEqual(
    [...plannedOf(all).unknown].map(([number, { code }]) => [number, code]),
    [
      [1, 'image_missing'],
      [2, 'image_missing'],
    ],
  );
});

test('omits a picture from later requests when its file has changed', async (t) => {
  const { fake, ports, bytes } = await setUp(t);
  const first = ended(await events(ask(about('The lake?'), NEW_CONVERSATION, ports, never)));
  bytes.set('lake.png', 'other');
  await events(ask(about('Why?'), first.conversation, ports, never));
  assert.deepEqual(sentImages(fake), []);
});

test('keeps the beginning of an answer when stopped, or nothing when stopped before it', async (t) => {
  const { fake, ports } = await setUp(t, { ...gemma3, answer: () => 'One two three four five.' });
  fake.next({ kind: 'stall', after: 2 });
  const stop = new AbortController();
  const all: AskEvent[] = [];
  for await (const event of ask(about('Hm?'), NEW_CONVERSATION, ports, stop.signal)) {
    all.push(event);
    if (event.type === 'text') stop.abort();
  }
  const { conversation, end } = ended(all);
  assert.deepEqual([end, conversation.turns.length], ['stopped', 1]);
  assert.match(conversation.turns[0]?.answer ?? '', /^One/);

  fake.next({ kind: 'hang' });
  const again = new AbortController();
  const asking = events(ask(about('Hm?'), NEW_CONVERSATION, ports, again.signal));
  setTimeout(() => {
    again.abort();
  }, 50);
  await assert.rejects(asking, { code: 'cancelled' });
});

test('ends an answer that loops', async (t) => {
  const { fake, ports } = await setUp(t);
  fake.next({ kind: 'loop', before: 'It is ', words: 'round and ' });
  const { end, conversation } = ended(await events(ask(about('Hm?'), NEW_CONVERSATION, ports, never)));
  assert.equal(end, 'looped');
  assert.ok((conversation.turns[0]?.answer.length ?? Infinity) < 300);
});

test('sends fewer images when they cost more than estimated', async (t) => {
  const { fake, ports } = await setUp(t, { ...qwen25vl, imageTokens: () => 3000 });
  const all = await events(ask(about('lake chart cat tower'), NEW_CONVERSATION, ports, never));
  assert.equal(ended(all).end, 'done');
  assert.deepEqual(
    fake.chats.map(({ images }) => images.length),
    [4, 3, 2],
  );
  assert.deepEqual(plannedOf(all.toReversed()).pictures.length, 2);
});

test('repeats a request when a conversation goes back to before its question', async (t) => {
  const { fake, ports } = await setUp(t);
  let conversation: Conversation = NEW_CONVERSATION;
  for (const question of ['The lake?', 'The cat?', 'The map?']) {
    ({ conversation } = ended(await events(ask(about(question), conversation, ports, never))));
  }
  await events(ask(about('The cat?'), before(conversation, 1), ports, never));
  assert.deepEqual(fake.chats[3]?.messages, fake.chats[1]?.messages);
  assert.deepEqual(before(conversation, 0), { ...NEW_CONVERSATION, files: conversation.files });
});

test('sends less when tool results exceed the context, without running a call twice', async (t) => {
  const { ports } = await setUp(t);
  const requests: ChatRequest[] = [];
  let looks = 0;
  const chat: ChatModel = {
    async *chat(request): AsyncGenerator<ChatDelta> {
      requests.push(request);
      const call = { name: 'look', arguments: '{"image":1,"question":"Why?"}' };
      if (requests.length === 2) {
        const data = { nPromptTokens: 9000, nCtx: 8192 };
        throw new NotesightError('context_overflow', 'too long', { data });
      }
      const calls = request.tools === undefined ? [] : [call];
      yield await Promise.resolve({ text: calls.length > 0 ? '' : 'It is red.', calls, end: 'done' });
    },
  };
  const all = await events(
    ask(
      about('What is it?'),
      NEW_CONVERSATION,
      {
        ...ports,
        model: { ...ports.model, chat, canCallTools: true },
        toolbox: {
          recognizers: null,
          look: () => Promise.resolve(`Red, ${++looks}`),
          searchNotes: null,
          searchWeb: null,
        },
        callLimits: { calls: 2, callTime: 60_000, totalTime: 60_000 },
      },
      never,
    ),
  );
  assert.deepEqual(
    requests.map(({ tools, messages }) => [
      tools?.length ?? 0,
      messages.filter(({ role }) => role === 'tool').length,
    ]),
    [
      [1, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ],
  );
  assert.equal(looks, 1);
  assert.equal(all.filter(({ type }) => type === 'planned').length, 2);
  const [turn] = ended(all).conversation.turns;
  assert.deepEqual(
    [turn?.answer, turn?.rounds.length, turn?.rounds[0]?.calls[0]?.result],
    ['It is red.', 1, 'Red, 1'],
  );
});

test('ends without an answer when the model only calls tools', async (t) => {
  const { ports } = await setUp(t);
  const chat: ChatModel = {
    async *chat(): AsyncGenerator<ChatDelta> {
      const calls = [{ name: 'look', arguments: '{"image":1,"question":"Why?"}' }];
      yield await Promise.resolve({ text: '', calls, end: 'done' });
    },
  };
  const toolbox = {
    recognizers: null,
    look: () => Promise.resolve('Red'),
    searchNotes: null,
    searchWeb: null,
  };
  const model = { ...ports.model, chat, canCallTools: true };
  const { end, conversation } = ended(
    await events(ask(about('What is it?'), NEW_CONVERSATION, { ...ports, model, toolbox }, never)),
  );
  assert.deepEqual(
    [end, conversation.turns[0]?.answer, conversation.turns[0]?.rounds.length],
    ['unanswered', '', 8],
  );
});

test('sends only the beginning of a long text when a tool can read the rest', async (t) => {
  const { fake, ports } = await setUp(t, { ...gemma3, capabilities: ['completion', 'vision', 'tools'] });
  const text = 'word '.repeat(100).trim();
  const describe = (file: string) => Promise.resolve({ ...described(file), text });
  const recognizers = { readText: () => Promise.resolve(text), findObjects: () => Promise.resolve([]) };
  const tools = { recognizers, look: null, searchNotes: null, searchWeb: null };
  for (const toolbox of [tools, { ...tools, recognizers: null }])
    await events(
      ask(about('What is it?', ['lake.png']), NEW_CONVERSATION, { ...ports, describe, toolbox }, never),
    );
  const [short, whole] = fake.chats.map((call) => /^\[1\] .*$/m.exec(call.text)?.[0] ?? '');
  assert.match(short ?? '', /^\[1\] Shows lake Text in it: word .* word…$/);
  assert.ok((short?.length ?? 0) < 200);
  assert.ok(whole?.endsWith(text));
});

test('answers without waiting for descriptions and says which images are missing', async (t) => {
  const { fake, ports } = await setUp(t);
  const known = new Set(['lake.png']);
  const describe: AskPorts['describe'] = (file) => Promise.resolve(known.has(file) ? described(file) : null);
  const at = (file: string) => SEVEN.indexOf(file) + 1;

  const first = await events(
    ask(about('Where is the tower?'), NEW_CONVERSATION, { ...ports, describe }, never),
  );
  const sent = new Set(sentImages(fake));
  const unsent = SEVEN.filter((file) => !known.has(file) && !sent.has(file));
  assert.ok(sent.size > 1 && unsent.length > 0, 'images without a description fill the request');
  assert.deepEqual(plannedOf(first).missing, unsent.map(at));
  const content = fake.chats.at(-1)?.messages.at(-1)?.content ?? '';
  assert.match(content, /\[1\] Shows lake\n/);
  for (const file of unsent)
    assert.ok(content.includes(`[${at(file)}] (not described yet) ${file}`), content);
  assert.deepEqual(ended(first).conversation.turns[0]?.missing, unsent.map(at));

  for (const file of SEVEN) known.add(file);
  const { conversation } = ended(first);
  const second = await events(ask(about('And the map?'), conversation, { ...ports, describe }, never));
  assert.deepEqual(plannedOf(second).missing, []);
  const told = fake.chats.at(-1)?.messages.at(-1)?.content ?? '';
  assert.match(told, /\[7\] Shows map/);
  assert.doesNotMatch(told, /Shows lake/, 'earlier descriptions are not repeated');
});

test('keeps the earlier messages when images still have no description', async (t) => {
  const { fake, ports } = await setUp(t);
  const none: AskPorts = { ...ports, describe: () => Promise.resolve(null) };
  const { conversation } = ended(await events(ask(about('Which?'), NEW_CONVERSATION, none, never)));
  await events(ask(about('And which?'), conversation, none, never));
  const [before, after] = fake.chats.slice(-2).map(({ messages }) => messages.map(({ content }) => content));
  assert.deepEqual(after?.slice(0, before?.length), before);
  assert.equal(after?.at(-1)?.includes('not described yet'), false);
});
