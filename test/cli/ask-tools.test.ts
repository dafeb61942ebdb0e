import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import sharp from 'sharp';
import { Calling, calling } from '../fakes/calling.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import { gemma3, textOnly } from '../fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { startFakeOpenAi } from '../fakes/fake-openai.ts';
import { notesight, rows, type Run, scratch } from './notesight.ts';

const PHOTO = new URL('../fixtures/photos/astronaut.jpg', import.meta.url);
const TEXT = new URL('../fixtures/text-en.png', import.meta.url);

/** Whether a request examines an image for a tool call. Descriptions have a format, questions have neither. */
const isLook = ({ messages }: ChatCall): boolean => messages[0]?.content.startsWith('You look at') ?? false;
const isQuestion = (call: ChatCall): boolean => call.format === undefined && !isLook(call);
const questions = (chats: readonly ChatCall[]): ChatCall[] => chats.filter(isQuestion);
const lastResult = ({ messages }: ChatCall): string =>
  messages.filter(({ role }) => role === 'tool').at(-1)?.content ?? '';

/** The answers of a model to a question, by the number of tool results. */
type Script = (results: number, call: ChatCall) => unknown;

const answering =
  (script: Script) =>
  (call: ChatCall): unknown => {
    if (call.format !== undefined)
      return { alt: 'A sign', description: '', text: '', tags: [], decorative: false };
    if (isLook(call)) return `It is red. (${call.messages.at(-1)?.content ?? ''})`;
    return script(call.messages.filter(({ role }) => role === 'tool').length, call);
  };

const seeing = (script: Script): FakeModel => ({
  ...gemma3,
  name: 'qwen3-vl:8b',
  capabilities: ['completion', 'vision', 'tools'],
  answer: answering(script),
});

/** A vault with a readable sign, a red square and another note. */
async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  copyFileSync(TEXT, join(vault, 'sign.png'));
  const create = { width: 400, height: 200, channels: 3, background: '#c00' } as const;
  writeFileSync(join(vault, 'red.png'), await sharp({ create }).png().toBuffer());
  writeFileSync(join(vault, 'note.md'), '# Note\n\n![[sign.png]]\n\n![[red.png]]\n');
  writeFileSync(join(vault, 'other.md'), '# Other\n\n![A heat pump](red.png)\n');
  return vault;
}

async function serve(t: TestContext, ...models: FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models });
  t.after(() => fake.close());
  return fake;
}

const ask = (fake: { readonly url: string }, vault: string, ...args: string[]): Promise<Run> =>
  notesight(['ask', join(vault, 'note.md'), ...args], { env: { OLLAMA_HOST: fake.url } });

const calls = (run: Run) => rows(run).filter(({ type }) => type === 'call');

test('prints each tool call when the model reads text, examines images and searches notes', async (t) => {
  const script: Script = (results, call) =>
    [
      new Calling([{ name: 'read_text', arguments: { image: 1 } }], 'Let me read.'),
      calling('look', { image: 2, left: 50, top: 0, right: 100, bottom: 50, question: 'Which color?' }),
      calling('search_notes', { query: 'heat pump' }),
    ][results] ?? `Found: ${lastResult(call)} [2].`;
  const fake = await serve(t, seeing(script));
  const vault = await vaultOf(t);
  const run = await ask(fake, vault, 'What is it?', '--json');
  assert.equal(run.code, 0, run.stderr);
  const done = calls(run).filter(({ state }) => state !== 'running');
  assert.deepEqual(
    done.map(({ index, name, state, image, file, words }) => [index, name, state, image, file, words]),
    [
      [0, 'read_text', 'done', 1, 'sign.png', ''],
      [1, 'look', 'done', 2, 'red.png', 'Which color?'],
      [2, 'search_notes', 'done', null, null, 'heat pump'],
    ],
  );
  assert.match(String(done[0]?.['result']), /\w{4,}/);
  assert.equal(done[1]?.['result'], 'It is red. (Which color?)');
  assert.equal(done[2]?.['result'], 'Note other.md, image [2]: A heat pump');
  assert.deepEqual(
    calls(run).map(({ state }) => state),
    ['running', 'done', 'running', 'done', 'running', 'done'],
  );

  const [look] = fake.chats.filter(isLook);
  const { width, height } = await sharp(look?.images[0]).metadata();
  assert.deepEqual([look?.images.length, width, height], [1, 200, 100], 'a part, at full resolution');
  const asked = questions(fake.chats);
  assert.equal(asked.length, 4);
  for (const [index, { messages, tools }] of asked.entries()) {
    assert.deepEqual(tools, ['read_text', 'find_objects', 'look', 'search_notes']);
    const before = asked[index - 1]?.messages ?? [];
    assert.deepEqual(messages.slice(0, before.length), before, 'what was sent is sent again as it was');
  }
  const end = rows(run).at(-1);
  assert.equal(end?.['answer'], 'Found: <result>\nNote other.md, image [2]: A heat pump\n</result> [2].');

  const plain = await ask(fake, vault, 'What is it?');
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, /^Let me read\.\nFound:/);
  assert.match(
    plain.stderr,
    /Tool call: read_text \[1\]\nTool call: look \[2\], 50–100% from the left, 0–50% from the top "Which color\?"\nTool call: search_notes "heat pump"\n/,
  );
});

test('sends images to a vision model when the answering model is text-only', async (t) => {
  const script: Script = (results, call) =>
    results === 0 ? calling('look', { image: 2, question: 'Which color?' }) : lastResult(call);
  const fake = await serve(
    t,
    { ...textOnly, answer: answering(script) },
    {
      ...gemma3,
      answer: answering(() => ''),
    },
  );
  const vault = await vaultOf(t);
  const run = await ask(fake, vault, 'Which color?', '--model', textOnly.name);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /It is red/);
  assert.deepEqual(
    fake.chats.filter(isLook).map(({ model }) => model),
    ['gemma3:4b'],
  );
});

test('detects objects and faces locally, with their positions', async (t) => {
  const script: Script = (results, call) =>
    results === 0 ? calling('find_objects', { image: 1 }) : lastResult(call);
  const fake = await serve(t, seeing(script));
  const vault = await vaultOf(t);
  copyFileSync(PHOTO, join(vault, 'sign.png'));
  const run = await ask(fake, vault, 'Who is it?');
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /person \(\d+ % sure\): left \d+, top \d+, right \d+, bottom \d+/);
  assert.match(run.stdout, /face \(/);
});

test('asks for an answer when the model keeps calling tools', async (t) => {
  const forEver: Script = (results, { tools }) =>
    tools.length === 0 ? 'Enough.' : calling('search_notes', { query: `pump ${results}` });
  const fake = await serve(t, seeing(forEver));
  const vault = await vaultOf(t);
  const run = await ask(fake, vault, 'What is it?', '--json');
  assert.equal(run.code, 0, run.stderr);
  assert.equal(rows(run).at(-1)?.['answer'], 'Enough.');
  assert.equal(calls(run).filter(({ state }) => state === 'done').length, 8);
  const asked = questions(fake.chats);
  assert.equal(asked.length, 9);
  assert.match(lastResult(asked.at(-1) ?? assert.fail()), /Nothing more can be called\./);
});

test('runs repeated identical calls only once', async (t) => {
  const again: Script = (_results, { tools }) =>
    tools.length === 0 ? 'Enough.' : calling('look', { image: 2, question: 'Which color?' });
  const fake = await serve(t, seeing(again));
  const run = await ask(fake, await vaultOf(t), 'What is it?', '--json');
  assert.equal(run.code, 0, run.stderr);
  assert.equal(fake.chats.filter(isLook).length, 1);
  assert.deepEqual(
    new Set(calls(run).flatMap(({ result }) => result ?? [])),
    new Set(['It is red. (Which color?)']),
  );
});

test('answers invalid calls with the error and continues', async (t) => {
  const script: Script = (results, call) =>
    results === 0
      ? new Calling([
          { name: 'delete_note', arguments: { note: 'note.md' } },
          { name: 'read_text', arguments: { image: 99 } },
          { name: 'look', arguments: { image: '../../etc/passwd', question: '?' } },
          { name: 'search_notes', arguments: { query: 'x'.repeat(1_000_000) } },
        ])
      : `Sorry. ${lastResult(call)}`;
  const fake = await serve(t, seeing(script));
  const run = await ask(fake, await vaultOf(t), 'What is it?');
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /Tool call: delete_note\n {2}There is no tool of that name/);
  assert.match(run.stderr, /There is no image 99 here\. There are: 1, 2\./);
  assert.match(run.stdout, /Sorry\. <result>\nThe arguments are too long\.\n<\/result>/);
  assert.ok((questions(fake.chats).at(-1)?.text.length ?? 0) < 10_000);
});

test('offers no tools with --no-tools, or to a model without tool support', async (t) => {
  const fake = await serve(
    t,
    seeing((_results, { tools }) => `Offered: ${tools.length}.`),
  );
  const vault = await vaultOf(t);
  const off = await ask(fake, vault, 'What is it?', '--no-tools');
  assert.equal(off.stdout, 'Offered: 0.\n');
  assert.doesNotMatch(questions(fake.chats).at(-1)?.text ?? '', /call a tool/);
  const without = await serve(t, {
    ...gemma3,
    answer: answering((_results, { tools }) => `Offered: ${tools.length}.`),
  });
  assert.equal((await ask(without, vault, 'What is it?')).stdout, 'Offered: 0.\n');
});

test('searches the web only on request and with a key, and prints a notice', async (t) => {
  const fake = await serve(
    t,
    seeing((_results, { tools }) => tools.join(' ')),
  );
  const vault = await vaultOf(t);
  const withKey = (...args: string[]) =>
    notesight(['ask', join(vault, 'note.md'), 'What?', ...args], {
      env: { OLLAMA_HOST: fake.url, OLLAMA_API_KEY: 'key' },
    });
  const off = await withKey();
  assert.doesNotMatch(off.stdout, /web_search/);
  const on = await withKey('--web');
  assert.match(on.stdout, /search_notes web_search/);
  assert.match(on.stderr, /leave this machine: they are sent to https:\/\/ollama\.com\./);
  const keyless = await notesight(['ask', join(vault, 'note.md'), 'What?', '--web'], {
    env: { OLLAMA_HOST: fake.url, OLLAMA_API_KEY: '' },
  });
  assert.equal(keyless.code, 2);
  assert.match(keyless.stderr, /requires an ollama\.com API key in OLLAMA_API_KEY/);
  assert.equal((await withKey('--web', '--no-tools')).code, 2);
});

test('ends immediately when stopped during a tool call', async (t) => {
  const script: Script = () => calling('look', { image: 2, question: 'Which color?' });
  const { answer, ...model } = seeing(script);
  const fake = await serve(t, {
    ...model,
    answer: (call) => (isLook(call) ? new Promise(() => undefined) : answer?.(call)),
  });
  const vault = await vaultOf(t);
  const run = await notesight(['ask', join(vault, 'note.md'), 'What?'], {
    env: { OLLAMA_HOST: fake.url },
    onStderr: (text, stop) => {
      if (text.includes('Tool call: look')) stop('SIGINT');
    },
  });
  assert.equal(run.code, 130, run.stderr);
  assert.match(run.stderr, /Stopped\.\n$/);
});

test('uses the tool format of an OpenAI-compatible server', async (t) => {
  const script: Script = (results, call) =>
    [
      new Calling([
        { name: 'look', arguments: { image: 2, question: 'Which color?' } },
        { name: 'read_text', arguments: '{"image": 1' },
      ]),
    ][results] ?? `${lastResult(call)} Done.`;
  const fake = await startFakeOpenAi({ models: [{ name: 'tiny', answer: answering(script) }] });
  t.after(() => fake.close());
  const vault = await vaultOf(t);
  const run = await ask(fake, vault, 'What is it?', '--json');
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(
    calls(run)
      .filter(({ state }) => state !== 'running')
      .map(({ name, state }) => [name, state]),
    [
      ['look', 'done'],
      ['read_text', 'failed'],
    ],
  );
  assert.match(String(rows(run).at(-1)?.['answer']), /The arguments are no JSON\.\n<\/result> Done\./);
});

test('continues without tools when a server rejects them', async (t) => {
  for (const refusesTools of [400, 500] as const) {
    const model = { name: 'tiny', answer: answering((_results, { tools }) => `Offered: ${tools.length}.`) };
    const fake = await startFakeOpenAi({ models: [model], refusesTools });
    t.after(() => fake.close());
    const run = await ask(fake, await vaultOf(t), 'What is it?');
    assert.equal(run.stdout, 'Offered: 0.\n', run.stderr);
  }
});
