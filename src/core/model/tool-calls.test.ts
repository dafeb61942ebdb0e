import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Calling, calling } from '../../../test/fakes/calling.ts';
import type { ChatCall } from '../../../test/fakes/chat-call.ts';
import { gemma3, textOnly } from '../../../test/fakes/fake-models.ts';
import { startFakeOllama } from '../../../test/fakes/fake-ollama.ts';
import { type FakeOpenAiOptions, startFakeOpenAi } from '../../../test/fakes/fake-openai.ts';
import { createOllamaChat } from '../servers/ollama/ollama-chat.ts';
import { createOllamaConversationModel } from '../servers/ollama/ollama-conversation-model.ts';
import { CallAssembler } from '../servers/openai/call-assembler.ts';
import { createOpenAiChat } from '../servers/openai/openai-chat.ts';
import type { ChatModel, ChatRequest, SentCall, Tool, ToolCall } from './chat-model.ts';
import { MAX_ARGUMENTS } from './tool-arguments.ts';

const never = new AbortController().signal;
const LOOK: Tool = {
  name: 'look',
  description: 'Looks.',
  parameters: { type: 'object', properties: { image: { type: 'integer' } }, required: ['image'] },
};
const question: ChatRequest = {
  messages: [{ role: 'user', content: 'What is it?' }],
  maxTokens: 100,
  tools: [LOOK],
};
const sent: SentCall = { id: 'call00001', name: 'look', arguments: '{"image":1}' };
const after = (call: SentCall): ChatRequest => ({
  ...question,
  messages: [
    ...question.messages,
    { role: 'assistant', content: 'Wait.', calls: [call] },
    { role: 'tool', content: 'A cat', resultOf: call },
  ],
});

interface Server {
  readonly chat: ChatModel;
  readonly chats: () => readonly ChatCall[];
  readonly requests: () => number;
  /** Returns the messages of a request as sent. */
  readonly sent: (index: number) => Record<string, unknown>[];
}

type Serve = (t: TestContext, answer: (call: ChatCall) => unknown) => Promise<Server>;

const bodyOf = (body = '{}') => (JSON.parse(body) as { messages: Record<string, unknown>[] }).messages;

const ollama: Serve = async (t, answer) => {
  const fake = await startFakeOllama({ models: [{ ...textOnly, answer }] });
  t.after(() => fake.close());
  const chat = createOllamaChat({ host: fake.url, fetch }, { name: textOnly.name, numCtx: 8192 });
  return {
    chat,
    chats: () => fake.chats,
    requests: () => fake.seen.length,
    sent: (index) => bodyOf(fake.seen[index]?.body),
  };
};

const openAi =
  (options: Partial<FakeOpenAiOptions> = {}): Serve =>
  async (t, answer) => {
    const fake = await startFakeOpenAi({ models: [{ name: 'tiny', answer }], ...options });
    t.after(() => fake.close());
    const model = { name: 'tiny', takesTemplateArguments: false };
    const chat = createOpenAiChat({ host: fake.url, fetch }, model);
    return {
      chat,
      chats: () => fake.chats,
      requests: () => fake.seen.length,
      sent: (index) => bodyOf(fake.seen[index]?.body),
    };
  };

async function answerOf(chat: ChatModel, request: ChatRequest): Promise<{ text: string; calls: ToolCall[] }> {
  let text = '';
  const calls: ToolCall[] = [];
  for await (const delta of chat.chat(request, never)) {
    text += delta.text;
    calls.push(...(delta.calls ?? []));
  }
  return { text, calls };
}

for (const [name, serve] of [['Ollama', ollama] as const, ['OpenAI', openAi()] as const]) {
  test(`${name}: returns complete calls after the text, and sends their results back`, async (t) => {
    const two = new Calling(
      [
        { name: 'look', arguments: { image: 1, question: 'Что тут? '.repeat(20) } },
        { name: 'search', arguments: { query: 'a "b" \\ c' } },
      ],
      'Let me see.',
    );
    const {
      chat,
      chats,
      sent: bodies,
    } = await serve(t, ({ messages }) => (messages.at(-1)?.role === 'tool' ? 'It is a cat.' : two));
    const first = await answerOf(chat, question);
    assert.equal(first.text, 'Let me see.');
    assert.deepEqual(
      first.calls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) as unknown })),
      two.calls,
    );
    assert.deepEqual(await answerOf(chat, after(sent)), { text: 'It is a cat.', calls: [] });
    assert.deepEqual(chats()[1]?.tools, ['look']);
    assert.deepEqual(chats()[1]?.messages[1]?.calls, [{ name: 'look', arguments: { image: 1 } }]);
    const [, assistant, tool] = bodies(1);
    assert.equal(assistant?.['content'], 'Wait.');
    assert.deepEqual([tool?.['role'], tool?.['content']], ['tool', 'A cat']);
  });

  test(`${name}: truncates huge arguments and sends malformed ones as an empty object`, async (t) => {
    const { chat, chats } = await serve(t, ({ messages }) =>
      messages.at(-1)?.role === 'tool' ? 'Sorry.' : calling('look', { image: 'x'.repeat(5_000_000) }),
    );
    const { calls } = await answerOf(chat, question);
    assert.equal(calls[0]?.arguments.length, MAX_ARGUMENTS + 1);
    for (const broken of ['{"image":', '[1]', '3', '']) {
      assert.equal((await answerOf(chat, after({ ...sent, arguments: broken }))).text, 'Sorry.', broken);
      assert.deepEqual(chats().at(-1)?.messages[1]?.calls, [{ name: 'look', arguments: {} }], broken);
    }
  });

  test(`${name}: sends an unchanged request when there are no tools`, async (t) => {
    const { chat, chats } = await serve(t, () => 'Yes.');
    const { tools, ...plain } = question;
    assert.equal((await answerOf(chat, plain)).text, 'Yes.');
    assert.equal(tools?.length, 1);
    assert.equal('tools' in (chats()[0]?.body ?? {}), false);
  });
}

test('includes the id or name that the server expects in a tool result', async (t) => {
  const one = await ollama(t, () => 'Yes.');
  await answerOf(one.chat, after(sent));
  assert.equal(one.sent(0)[2]?.['tool_name'], 'look');
  const two = await openAi()(t, () => 'Yes.');
  await answerOf(two.chat, after(sent));
  assert.equal(two.sent(0)[2]?.['tool_call_id'], 'call00001');
});

test('reads from Ollama whether a model supports tools', async (t) => {
  const fake = await startFakeOllama({ models: [textOnly, gemma3] });
  t.after(() => fake.close());
  const can = async (name: string) =>
    (await createOllamaConversationModel({ host: fake.url, fetch }, name, never)).canCallTools;
  assert.deepEqual([await can(textOnly.name), await can(gemma3.name)], [true, false]);
});

test('retries without tools when the server rejects them, and stops offering them', async (t) => {
  for (const refusesTools of [400, 500] as const) {
    const server = await openAi({ refusesTools })(t, ({ tools }) => `Offered ${tools.length}.`);
    for (let round = 0; round < 2; round++)
      assert.deepEqual(await answerOf(server.chat, question), { text: 'Offered 0.', calls: [] });
    assert.equal(server.requests(), 3, 'two, then one');
  }
});

test("joins streamed parts of calls in every server's format", () => {
  const whole = (...events: Parameters<CallAssembler['add']>[0][]) => {
    const calls = new CallAssembler();
    for (const event of events) calls.add(event);
    return calls.whole();
  };
  const named = (name: string, args = '') => ({ function: { name, arguments: args } });
  assert.deepEqual(
    whole(
      [{ index: 1, ...named('b') }],
      [{ index: 0, ...named('a') }],
      [
        { index: 0, function: { arguments: '{"x"' } },
        { index: 1, function: { arguments: '{}' } },
      ],
      [
        { index: 0, function: { arguments: ':1}' } },
        { index: 0, function: null },
      ],
    ),
    [
      { name: 'a', arguments: '{"x":1}' },
      { name: 'b', arguments: '{}' },
    ],
  );
  assert.deepEqual(
    whole([named('a', '{}'), named('b', '{}')]).map(({ name }) => name),
    ['a', 'b'],
    'without an index',
  );
  const many = whole(
    Array.from({ length: 1000 }, (_, index) => ({ index, ...named('x'.repeat(500), '{}') })),
  );
  assert.deepEqual([many.length, many[0]?.name.length], [16, 100]);
});
