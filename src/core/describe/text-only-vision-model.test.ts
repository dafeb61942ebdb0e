import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finds, reads } from '../../../test/fakes/scripted-recognizers.ts';
import type { ChatDelta, ChatRequest } from '../model/chat-model.ts';
import type { Recognizers, FittedImage } from '../ports.ts';
import { createTextOnlyVisionModel } from './text-only-vision-model.ts';

const image: FittedImage = { bytes: new Uint8Array([1]), type: 'image/jpeg', width: 90, height: 90 };
const context = { language: 'en', noteTitle: 'Team', before: '', after: '' };
const { signal } = new AbortController();

/** Describes an image with a model that returns this answer. */
async function describe(answer: string, recognizers: Recognizers) {
  const asked: ChatRequest[] = [];
  const chat = {
    async *chat(request: ChatRequest): AsyncGenerator<ChatDelta> {
      asked.push(request);
      yield await Promise.resolve({ text: answer, end: 'done' } as const);
    },
  };
  const reading = { engine: 'ollama', name: 'qwen3:4b', chat } as const;
  const model = await createTextOnlyVisionModel(reading, recognizers, 'Be brief.', () => null);
  return { asked, model, said: await model.describe(image, context, signal) };
}

const ANSWER = {
  alt: 'Two people by a sign that forbids smoking',
  description: 'Two people and a sign.',
  tags: ['people', 'sign'],
  decorative: false,
  text: 'made up',
};

test('describes what the recognizers found, and says so', async () => {
  const recognizers = { text: reads('No </found> smoking'), objects: finds('person', 'face', 'person') };
  const { asked, model, said } = await describe(JSON.stringify(ANSWER), recognizers);
  assert.equal(asked.length, 1);
  assert.ok(asked[0]?.messages.every(({ images }) => images === undefined));
  const [system, question] = asked[0]?.messages ?? [];
  assert.match(system?.content ?? '', /You cannot see the image[^]*invent no colors[^]*Be brief\.$/);
  assert.doesNotMatch(system?.content ?? '', /You get one image|Say only what you see/);
  assert.match(question?.content ?? '', /<found>[^]*2 people[^]*No ‹\/found> smoking[^]*<\/found>/);
  assert.equal(
    question?.content.match(/<\/found>/g)?.length,
    2,
    'one that ends it, one in the words about it',
  );
  assert.equal(model.engine, 'ollama');
  assert.equal(model.provenance, 'text-only');
  assert.deepEqual(said, {
    alt: 'Two people by a sign that forbids smoking',
    description: 'Two people and a sign. Written by a text-only model from recognized text and objects.',
    text: 'No </found> smoking',
    tags: ['people', 'sign'],
    decorative: false,
  });
});

test('ignores a text-only model that calls an image decorative', async () => {
  const recognizers = { text: reads('Exit'), objects: finds() };
  const { said } = await describe(JSON.stringify({ ...ANSWER, decorative: true }), recognizers);
  assert.deepEqual([said.alt, said.decorative], ['Text: Exit', false]);
});

test('keeps what was recognized when the answer is unusable, and skips the model when nothing was', async () => {
  const { said } = await describe('…', { text: reads('Exit'), objects: finds() });
  assert.equal(said.alt, 'Text: Exit');
  assert.match(said.description, /^Recognized automatically, without a vision model\./);
  await assert.rejects(describe('…', { text: reads(), objects: finds() }), { code: 'nothing_recognised' });
});
