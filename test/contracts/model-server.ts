import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { ANSWER_SCHEMA } from '../../src/core/describe/answer-schema.ts';
import { NotesightError } from '../../src/core/errors.ts';
import type { ChatDelta, ChatModel, ChatRequest } from '../../src/core/model/chat-model.ts';
import type { ConversationModel } from '../../src/core/model/conversation-model.ts';
import type { FittedImage } from '../../src/core/ports.ts';
import type { ModelSource } from '../../src/core/servers/server-models.ts';
import { coloredPicture, ENDLESS } from './color-answer.ts';

/** A real or fake server with the tiny vision model. */
export interface ModelServerUnderTest {
  readonly source: ModelSource;
  readonly model: string;
  /** The same or another server, with a text-only model. */
  readonly blind: { readonly source: ModelSource; readonly model: string };
  /** For the last request: tokens of the prompt, and how many of them came from the cache. Null if unknown. */
  readonly lastPrompt: (() => { readonly tokens: number; readonly cached: number }) | null;
  close(): Promise<void>;
}

/** Milliseconds; enough for a real server on a busy machine. */
const LIMIT = 60_000;
/** Tokens. */
const SHORT_ANSWER = 40;
const LONG_ANSWER = 4000;

const context = { language: 'en', noteTitle: 'Colors', before: 'Before it.', after: 'After it.' };

/** The contract of every model server for Notesight, whatever its API. */
export function modelServerContract(name: string, start: () => Promise<ModelServerUnderTest>): void {
  describe(name, () => {
    let server: ModelServerUnderTest;
    let conversation: ConversationModel;
    let red: Uint8Array<ArrayBuffer>;
    let blue: Uint8Array<ArrayBuffer>;

    before(async () => {
      server = await start();
      conversation = await server.source.conversation(server.model, limit());
      red = await coloredPicture('red');
      blue = await coloredPicture('blue');
    });
    after(() => server.close());

    test('lists its models and which support images', { timeout: LIMIT }, async () => {
      const models = await server.source.list(limit());
      assert.equal(models.find((model) => model.name === server.model)?.supportsImages, true);
    });

    test('returns a caption with all of its fields', { timeout: LIMIT }, async () => {
      const vision = await server.source.vision(server.model, limit());
      for (const [color, bytes] of [['red', red] as const, ['blue', blue] as const]) {
        const described = await vision.describe(fitted(bytes), context, limit());
        assert.equal(described.alt, `A ${color} picture.`);
        assert.equal(described.description, `A ${color} picture.`);
        assert.equal(described.text, `A ${color} picture.`);
        assert.equal(described.decorative, false);
      }
    });

    test('streams an answer in pieces to its end', { timeout: LIMIT }, async () => {
      const deltas = await all(conversation.chat, about(red));
      assert.equal(textOf(deltas), 'A red picture.');
      assert.ok(deltas.filter(({ text }) => text !== '').length > 1);
      assert.deepEqual(deltas.map(({ end }) => end).slice(-2), [null, 'done']);
    });

    test('ends an answer at the maximum length', { timeout: LIMIT }, async () => {
      const deltas = await all(conversation.chat, { ...about(red), maxTokens: 2 });
      assert.match('A red picture.', new RegExp(`^${textOf(deltas)}.`));
      assert.equal(deltas.at(-1)?.end, 'length');
    });

    test('follows a schema', { timeout: LIMIT }, async () => {
      const request = { ...about(blue), schema: ANSWER_SCHEMA, maxTokens: 500 };
      const answer: unknown = JSON.parse(textOf(await all(conversation.chat, request)));
      assert.deepEqual(answer, {
        alt: 'A blue picture.',
        description: 'A blue picture.',
        tags: ['A blue picture.'],
        decorative: false,
        text: 'A blue picture.',
      });
    });

    test('accepts tools, tool calls and their results', { timeout: LIMIT }, async (t) => {
      if (!conversation.canCallTools) {
        t.skip('the model calls none');
        return;
      }
      const tool = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
      // Models also write invalid JSON.
      const calls = ['{"image":1}', '{"image":'].map((args, index) => ({
        id: `call0000${index}`,
        name: 'look',
        arguments: args,
      }));
      const { messages, maxTokens } = about(blue);
      const request: ChatRequest = {
        maxTokens,
        tools: [tool],
        messages: [
          ...messages,
          { role: 'assistant', content: '', calls },
          ...calls.map((call) => ({ role: 'tool', content: 'A picture.', resultOf: call }) as const),
        ],
      };
      assert.equal(textOf(await all(conversation.chat, request)), 'A blue picture.');
    });

    test('can stop an answer halfway and continue with the next', { timeout: LIMIT }, async () => {
      const stop = new AbortController();
      const seen: string[] = [];
      const reading = (async () => {
        for await (const { text } of conversation.chat.chat(about(red, ENDLESS, LONG_ANSWER), stop.signal)) {
          seen.push(text);
          if (seen.length === 3) stop.abort();
        }
      })();
      await assert.rejects(reading, { code: 'cancelled' });
      assert.equal(textOf(await all(conversation.chat, about(blue))), 'A blue picture.');
    });

    test(
      'ends the answer when the loop is left, and continues with the next',
      { timeout: LIMIT },
      async () => {
        for await (const { text } of conversation.chat.chat(about(red, ENDLESS, LONG_ANSWER), limit())) {
          if (text !== '') break;
        }
        assert.equal(textOf(await all(conversation.chat, about(blue))), 'A blue picture.');
      },
    );

    test('stops a model that repeats itself', { timeout: LIMIT }, async () => {
      const vision = await server.source.vision(server.model, limit());
      const describing = vision.describe(fitted(red), { ...context, before: ENDLESS }, limit());
      await assert.rejects(describing, { code: 'model_looped' });
    });

    test('rejects a prompt larger than the context with both sizes', { timeout: LIMIT }, async () => {
      const question = 'Long. '.repeat(conversation.contextLength);
      const { code, data } = await failure(conversation.chat, about(red, question));
      assert.equal(code, 'context_overflow');
      assert.equal(data['nCtx'], conversation.contextLength);
      assert.ok(Number(data['nPromptTokens']) > conversation.contextLength);
    });

    test('reports a broken image', { timeout: LIMIT }, async () => {
      const broken = new TextEncoder().encode('<svg/>');
      assert.equal((await failure(conversation.chat, about(broken))).code, 'image_unreadable');
    });

    test('reports a text-only model before and after an image is sent', { timeout: LIMIT }, async () => {
      const { source, model } = server.blind;
      const reader = await source.conversation(model, limit());
      assert.equal(reader.supportsImages, false);
      await assert.rejects(source.vision(model, limit()), { code: 'model_cannot_see' });
      assert.equal((await failure(reader.chat, about(red))).code, 'model_cannot_see');
      const words = await all(reader.chat, {
        ...about(red),
        messages: [{ role: 'user', content: 'Hello.' }],
      });
      assert.match(textOf(words), /\w/);
    });

    test('reports a missing model', { timeout: LIMIT }, async () => {
      await assert.rejects(server.source.vision('nope', limit()), { code: 'model_missing' });
    });

    test('keeps the answers of two simultaneous clients apart', { timeout: LIMIT }, async () => {
      const colors = ['red', 'blue', 'red', 'blue'] as const;
      const answers = await Promise.all(
        colors.map((color) => all(conversation.chat, about(color === 'red' ? red : blue))),
      );
      assert.deepEqual(
        answers.map(textOf),
        colors.map((color) => `A ${color} picture.`),
      );
    });

    test(
      'reads less than a tenth of the prompt again for a second question on the same image',
      { timeout: LIMIT },
      async (t) => {
        if (server.lastPrompt === null) {
          t.skip('the server does not tell');
          return;
        }
        await all(conversation.chat, about(red, 'What is in the upper half?'));
        await all(conversation.chat, about(red, 'And which color is it?'));
        const { tokens, cached } = server.lastPrompt();
        t.diagnostic(`${tokens - cached} of ${tokens} tokens were read again`);
        assert.ok(tokens > 100 && (tokens - cached) / tokens < 0.1, `${cached} of ${tokens} were kept`);
      },
    );
  });
}

const SYSTEM =
  'You answer questions about the images of a note, in one sentence, and say only what you see. '.repeat(4);

function about(image: Uint8Array, question = 'What is this?', maxTokens = SHORT_ANSWER): ChatRequest {
  return {
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: question, images: [image] },
    ],
    maxTokens,
  };
}

function fitted(bytes: Uint8Array<ArrayBuffer>): FittedImage {
  return { bytes, type: 'image/png', width: 112, height: 112 };
}

function limit(): AbortSignal {
  return AbortSignal.timeout(LIMIT);
}

async function all(chat: ChatModel, request: ChatRequest): Promise<ChatDelta[]> {
  const deltas: ChatDelta[] = [];
  for await (const delta of chat.chat(request, limit())) deltas.push(delta);
  return deltas;
}

function textOf(deltas: readonly ChatDelta[]): string {
  return deltas.map(({ text }) => text).join('');
}

async function failure(chat: ChatModel, request: ChatRequest): Promise<NotesightError> {
  try {
    await all(chat, request);
  } catch (error) {
    assert.ok(error instanceof NotesightError, String(error));
    return error;
  }
  return assert.fail('It did not fail.');
}
