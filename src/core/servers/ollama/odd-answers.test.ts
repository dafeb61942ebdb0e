import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failureOf, QUESTION } from '../../../../test/chat-answers.ts';
import { startFakeOllama } from '../../../../test/fakes/fake-ollama.ts';
import { createOllamaChat } from './ollama-chat.ts';

const NAME = 'gemma3:4b';

async function answered(body: string, type = 'application/x-ndjson') {
  const fake = await startFakeOllama({
    models: [{ name: NAME, script: [{ kind: 'raw', status: 200, type, body }] }],
  });
  try {
    const chat = createOllamaChat({ host: fake.url, fetch }, { name: NAME, numCtx: 8192 });
    let text = '';
    let thought = '';
    let end = null;
    for await (const delta of chat.chat(QUESTION, new AbortController().signal)) {
      text += delta.text;
      thought += delta.thought ?? '';
      end = delta.end;
    }
    return { text, thought, end };
  } finally {
    await fake.close();
  }
}

const line = (message: unknown, more: object = { done: false }) =>
  `${JSON.stringify({ message, ...more })}\n`;
const END = { done: true, done_reason: 'stop' };

test('separates the reasoning from the answer', async () => {
  const body =
    line({ content: '', thinking: 'Let me ' }) +
    line({ content: null, thinking: 'look.' }) +
    line({ content: 'A kite' }, END);
  assert.deepEqual(await answered(body), { text: 'A kite', thought: 'Let me look.', end: 'done' });
  const onlyThoughts =
    line({ content: '', thinking: 'Hm.' }) + line({ content: '' }, { done: true, done_reason: 'length' });
  assert.deepEqual(await answered(onlyThoughts), { text: '', thought: 'Hm.', end: 'length' });
});

test('reads one JSON object when the server does not stream', async () => {
  const value = { message: { role: 'assistant', content: 'A kite', thinking: 'Hm.' }, ...END };
  for (const body of [JSON.stringify(value), `${JSON.stringify(value, null, 2)}\n`]) {
    for (const type of ['application/json', 'application/x-ndjson']) {
      assert.deepEqual(await answered(body, type), { text: 'A kite', thought: 'Hm.', end: 'done' }, body);
    }
  }
  const error = JSON.stringify({ error: 'out of memory' }, null, 2);
  const { code, data } = await failureOf(() => answered(error, 'application/json'));
  assert.deepEqual([code, data['detail']], ['server_crashed', 'out of memory']);
});

test('reads lines when fields are missing or null', async () => {
  const whole = line({ content: 'A ki' }) + line({ content: 'te' }, END);
  const bodies = [
    whole.replaceAll('\n', '\r\n'),
    `\ufeff${whole}`,
    whole.trimEnd(),
    line(null) + whole,
    line({ role: 'assistant' }) + whole,
    line({ content: [{ type: 'text', text: 'A ki' }] }) + line({ content: 'te' }, END),
    whole.replace(',"done":false', ''),
    whole.replace(',"done_reason":"stop"', ''),
  ];
  for (const body of bodies)
    assert.deepEqual(await answered(body), { text: 'A kite', thought: '', end: 'done' }, body);
});

test('rejects an answer without an end as incomplete', async () => {
  const cut = line({ content: 'A ki' }) + line({ content: 'te' });
  assert.deepEqual(await answered(cut), { text: 'A kite', thought: '', end: 'cut' });
  const broken = JSON.stringify({ message: { content: 'A kite' }, ...END }, null, 2).slice(0, -2);
  for (const body of [broken, '{"message":{"con', '<html>\n{}\n</html>']) {
    assert.equal((await failureOf(() => answered(body))).code, 'server_error', body);
  }
});
