import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failureOf, QUESTION } from '../../../../test/chat-answers.ts';
import { startFakeOpenAi } from '../../../../test/fakes/fake-openai.ts';
import type { ChatDelta } from '../../model/chat-model.ts';
import { createOpenAiChat } from './openai-chat.ts';

const NAME = 'tiny-vision';
const JSON_QUESTION = { ...QUESTION, schema: { type: 'object' } };
const WHOLE = '{"alt":"A red kite over a lake"}';
const PIECES = WHOLE.match(/.{1,9}/gs) ?? [];

/** Sends a request to a server that answers with `body`. */
async function answered(body: string, request = QUESTION, type = 'text/event-stream') {
  const fake = await startFakeOpenAi({ models: [{ name: NAME, answer: () => '' }] });
  try {
    fake.next({ kind: 'raw', status: 200, type, body });
    const server = { host: fake.url, fetch };
    const chat = createOpenAiChat(server, { name: NAME, takesTemplateArguments: false });
    const deltas: ChatDelta[] = [];
    for await (const delta of chat.chat(request, new AbortController().signal)) deltas.push(delta);
    const last = deltas.at(-1);
    return {
      text: deltas.map(({ text }) => text).join(''),
      thought: deltas.map(({ thought = '' }) => thought).join(''),
      end: last?.end,
      calls: last?.calls?.map(({ name }) => name),
    };
  } finally {
    await fake.close();
  }
}

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const choice = (value: object) => ({ id: 'c', choices: [{ index: 0, ...value }] });
const delta = (value: unknown, finish: unknown = null) =>
  event(choice({ delta: value, finish_reason: finish }));
const text = (pieces: readonly string[]) => pieces.map((content) => delta({ content })).join('');
const DONE = 'data: [DONE]\n\n';
const STREAM = text(PIECES) + delta({}, 'stop') + DONE;

test('reads every stream format', async () => {
  const forms: Record<string, string> = {
    'comments between events': `: PROCESSING\n\n${STREAM.replaceAll('\n\n', '\n\n: ping\n\n')}`,
    'a comment as data': `data: : PROCESSING\n\n${STREAM}`,
    'a ping as data': `data: ping\n\n${STREAM}`,
    CRLF: STREAM.replaceAll('\n', '\r\n'),
    'no space after the colon': STREAM.replaceAll('data: ', 'data:'),
    'names and ids of events': STREAM.replaceAll('data: ', 'id: 7\nevent: message\ndata: '),
    'a name of its own for the parts': STREAM.replaceAll('data: ', 'event: completion.chunk\ndata: '),
    'an event of its own': `event: tool.progress\ndata: {"tool":"read","error":"none found"}\n\n${STREAM}`,
    'an event without choices': event({ type: 'ping' }) + STREAM,
    'choices that are null': event({ id: 'c', choices: null, usage: {} }) + STREAM,
    'choices that are empty': event({ id: 'c', choices: [], prompt_filter_results: [] }) + STREAM,
    'a delta that is null': delta(null) + STREAM,
    'content that is null': delta({ role: 'assistant', content: null }) + STREAM,
    'an index that is a string': STREAM.replaceAll('"index":0', '"index":"0"'),
    'a BOM': `\ufeff${STREAM}`,
    'an error that is null': STREAM.replaceAll('"id":"c"', '"id":"c","error":null'),
    'data over several lines': STREAM.replaceAll(',"choices"', '\ndata: ,"choices"'),
    'a message instead of a delta':
      event(choice({ message: { content: WHOLE }, finish_reason: 'stop' })) + DONE,
    'a message once more at the end':
      text(PIECES) + event(choice({ message: { content: WHOLE }, finish_reason: 'stop' })),
    'the whole so far beside each delta': STREAM.replaceAll('"delta"', '"message":{"content":"{"},"delta"'),
    'a text instead of a delta': event(choice({ text: WHOLE, finish_reason: 'stop' })),
    parts: delta({ content: [{ type: 'text', text: WHOLE }] }) + delta({ content: [] }, 'stop'),
    'parts of strings': delta({ content: [WHOLE.slice(0, 5), WHOLE.slice(5)] }, 'stop'),
    'a part alone': delta({ content: { type: 'output_text', text: WHOLE } }, 'stop'),
    'no blank line at the end': text(PIECES) + delta({}, 'stop').trimEnd(),
    'a mark at the end without a blank line': text(PIECES) + DONE.trimEnd(),
  };
  for (const [form, body] of Object.entries(forms)) {
    assert.deepEqual(await answered(body), { text: WHOLE, thought: '', end: 'done', calls: undefined }, form);
  }
});

test('reads one JSON object when the server does not stream', async () => {
  const message = { role: 'assistant', content: WHOLE };
  const body = JSON.stringify(choice({ message, finish_reason: 'stop' }));
  const pretty = JSON.stringify(choice({ message }), null, 2);
  const cases: [string, string][] = [
    [body, 'application/json'],
    [body, 'text/event-stream'],
    [`\n${pretty}\n`, 'application/json; charset=utf-8'],
  ];
  for (const [sent, type] of cases) {
    assert.deepEqual(await answered(sent, QUESTION, type), {
      text: WHOLE,
      thought: '',
      end: 'done',
      calls: undefined,
    });
  }
  const cut = JSON.stringify(choice({ message, finish_reason: 'length' }));
  assert.equal((await answered(cut, QUESTION, 'application/json')).end, 'length');
  assert.equal((await answered(STREAM, QUESTION, 'application/json')).text, WHOLE);
  const calls = [{ id: 'a', type: 'function', function: { name: 'read', arguments: '{}' } }];
  const called = JSON.stringify(
    choice({ message: { content: null, tool_calls: calls }, finish_reason: 'tool_calls' }),
  );
  assert.deepEqual((await answered(called, QUESTION, 'application/json')).calls, ['read']);
  const broken = await failureOf(() => answered(body.slice(0, -3), QUESTION, 'application/json'));
  assert.equal(broken.code, 'server_error');
});

test('reads calls once when the last message repeats them', async () => {
  const calls = [{ index: 0, id: 'a', function: { name: 'read', arguments: '{}' } }];
  const last = event(choice({ message: { content: '', tool_calls: calls }, finish_reason: 'tool_calls' }));
  assert.deepEqual((await answered(delta({ tool_calls: calls }) + last)).calls, ['read']);
});

test('separates the reasoning from the answer for every field name', async () => {
  const forms: Record<string, string> = {
    reasoning_content: delta({ reasoning_content: 'hm ' }) + delta({ reasoning_content: '{' }),
    reasoning: delta({ reasoning: 'hm {' }),
    'both of them': delta({ reasoning_content: 'hm {', reasoning: 'hm {' }),
    'one of them empty': delta({ reasoning_content: '', reasoning: 'hm {' }),
    'thinking parts': delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm {' }] }] }),
    'thinking as a string': delta({ content: [{ type: 'thinking', thinking: 'hm {' }] }),
    'reasoning parts': delta({ content: [{ type: 'reasoning', text: 'hm {' }] }),
  };
  for (const [form, thoughts] of Object.entries(forms)) {
    const { text, thought } = await answered(thoughts + STREAM);
    assert.deepEqual([text, thought], [WHOLE, 'hm {'], form);
  }
  const message = { content: null, reasoning_content: WHOLE };
  const whole = await answered(JSON.stringify(choice({ message, finish_reason: 'stop' })));
  assert.deepEqual([whole.text, whole.thought, whole.end], ['', WHOLE, 'done']);
});

test('accepts an answer without a finish reason when it is complete', async () => {
  const cut = text(PIECES.slice(0, -1));
  const thought = PIECES.map((piece) => delta({ reasoning_content: piece })).join('');
  const words = text(['A red kite', ' over a lake.']);
  const whole: [string, string, typeof QUESTION][] = [
    ['JSON, marked', text(PIECES) + DONE, JSON_QUESTION],
    ['JSON, not marked', text(PIECES), JSON_QUESTION],
    ['JSON as reasoning', thought, JSON_QUESTION],
    ['words, marked', words + DONE, QUESTION],
    ['words instead of JSON, marked', words + DONE, JSON_QUESTION],
    ['a reason that is empty', text(PIECES).replaceAll('null', '""') + DONE, JSON_QUESTION],
  ];
  for (const [form, body, request] of whole) assert.equal((await answered(body, request)).end, 'done', form);

  const broken: [string, string, typeof QUESTION][] = [
    ['cut JSON, marked', cut + DONE, JSON_QUESTION],
    ['cut JSON, not marked', cut, JSON_QUESTION],
    ['cut JSON as reasoning', thought.slice(0, thought.lastIndexOf('data:')), JSON_QUESTION],
    ['words, not marked', words, QUESTION],
    ['words instead of JSON, not marked', words, JSON_QUESTION],
    [
      'an event that is cut',
      text(PIECES.slice(0, -1)) + delta({ content: PIECES.at(-1) }).slice(0, 30),
      JSON_QUESTION,
    ],
  ];
  for (const [form, body, request] of broken) {
    assert.equal((await failureOf(() => answered(body, request))).code, 'server_crashed', form);
  }
});

test('reads the finish reasons of other APIs', async () => {
  const ends: [unknown, ChatDelta['end']][] = [
    ...['stop', 'eos', 'eos_token', 'stop_sequence', 'end_turn', 'STOP', true].map(
      (end) => [end, 'done'] as const,
    ),
    ...['length', 'max_tokens', 'MAX_TOKENS', 'model_length', 'max_output_tokens'].map(
      (end) => [end, 'length'] as const,
    ),
  ].map(([reason, end]) => [reason, end]);
  for (const [reason, end] of ends) {
    assert.equal((await answered(text(['A kite']) + delta({}, reason))).end, end, String(reason));
  }
  for (const reason of ['error', 'abort', 'insufficient_system_resource']) {
    const { code, data } = await failureOf(() => answered(text(['A kite']) + delta({}, reason)));
    assert.deepEqual([code, data['detail']], ['server_crashed', reason]);
  }
});

test('reports a refusal or a content filter, even after the start of an answer', async () => {
  const sorry = "I can't help with identifying people.";
  const refusals: [string, string][] = [
    [delta({ content: '', refusal: null }) + delta({ refusal: sorry }) + delta({}, 'stop'), sorry],
    [delta({ content: [{ type: 'refusal', refusal: sorry }] }) + delta({}, 'stop'), sorry],
    [JSON.stringify(choice({ message: { content: null, refusal: sorry }, finish_reason: 'stop' })), sorry],
    [text(['A ki']) + delta({}, 'content_filter'), 'content filter'],
    [delta({}, 'SAFETY'), 'safety'],
  ];
  for (const [body, detail] of refusals) {
    const { code, data } = await failureOf(() => answered(body));
    assert.deepEqual([code, data['detail']], ['model_refused', detail]);
  }
});

test('reports an error in a stream, even after part of the answer', async () => {
  const error = { message: 'Failed to process image', type: 'server_error' };
  const errors = [
    event({ error }),
    `event: error\n${event(error)}`,
    event({ error, ...choice({ delta: { content: '' }, finish_reason: 'error' }) }),
    event({ object: 'error', ...error }),
    JSON.stringify({ error }),
  ];
  for (const body of errors) {
    for (const before of body.startsWith('{') ? [''] : ['', text(['A ki'])]) {
      const { code, data } = await failureOf(() => answered(before + body));
      assert.deepEqual([code, data['detail']], ['server_crashed', error.message], body);
    }
  }
});

test('reports a stream without an answer as not OpenAI-compatible', async () => {
  for (const body of ['', DONE, ': ping\n\n', event({ type: 'ping' }) + DONE, '<h1>Hello</h1>']) {
    assert.equal((await failureOf(() => answered(body))).code, 'server_error', body);
  }
});
