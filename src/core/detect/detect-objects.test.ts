import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import type { ChatDelta, ChatRequest } from '../model/chat-model.ts';
import { type PointingModel } from '../model/conversation-model.ts';
import { pointing } from '../model/families/pointing.ts';
import type { ImageCodec } from '../ports.ts';
import type { ImageRecognizers } from '../recognition/image-recognizers.ts';
import { detectObjects, type DetectPorts } from './detect-objects.ts';
import { createDetector } from './detector.ts';

const { signal } = new AbortController();
const SOURCE = { width: 2000, height: 1000 };
const GOOD = '[{"bbox_2d": [100, 100, 500, 500], "label": "кот"}]';
const CAT = { name: 'кот', part: { x: 200, y: 100, width: 800, height: 400 } };

const codec: ImageCodec = {
  fit: (bytes, size) => Promise.resolve({ bytes, type: 'image/png', ...size(SOURCE) }),
};

const recognizers: Pick<ImageRecognizers, 'findObjects'> = {
  findObjects: () =>
    Promise.resolve([
      { label: 'cat', score: 0.9, box: { x: 1, y: 2, width: 300, height: 400 } },
      { label: 'cat', score: 0.5, box: { x: 2, y: 2, width: 300, height: 400 } },
    ]),
};
const NO_RECOGNIZERS = { openRecognizers: () => Promise.resolve(null) };
const BY_RECOGNIZERS = [{ name: 'кошка', part: { x: 1, y: 2, width: 300, height: 400 } }];

/** A model that returns these answers, one per request. */
function model(answers: readonly string[], asked: ChatRequest[] = [], name = 'qwen3-vl:8b'): PointingModel {
  const format = pointing({ name, family: '', fields: {}, projector: {} }) ?? assert.fail();
  return {
    chat: {
      async *chat(request, stop): AsyncGenerator<ChatDelta> {
        asked.push(request);
        await Promise.resolve();
        stop.throwIfAborted();
        const text = answers[Math.min(asked.length, answers.length) - 1] ?? '';
        for (const piece of text.match(/[^]{1,7}/g) ?? []) yield { text: piece, end: null };
        yield { text: '', end: 'done' };
      },
    },
    name,
    contextLength: 8192,
    supportsImages: true,
    canCallTools: false,
    imagesAtOnce: 1,
    inputSize: () => assert.fail(),
    imageTokens: () => 1000,
    pointing: format,
  };
}

const ports = (of: PointingModel | NotesightError, more: Partial<DetectPorts> = {}): DetectPorts => ({
  images: { read: (file) => Promise.resolve(new TextEncoder().encode(file)) },
  codec,
  openModel: () => (of instanceof NotesightError ? Promise.reject(of) : Promise.resolve(of)),
  openRecognizers: () => Promise.resolve(recognizers),
  ...more,
});

test('prompts the model in its own format with a suitable image size', async () => {
  for (const [name, key, words] of [
    ['qwen3-vl:8b', 'bbox_2d', /\[x1, y1, x2, y2\].*from 0 to 1000\./s],
    ['qwen2.5vl:7b', 'bbox_2d', /pixels of the image, which is 1400 × 700\./],
    ['gemma4:e4b', 'box_2d', /\[y1, x1, y2, x2\].*from 0 to 1000\./s],
  ] as const) {
    const asked: ChatRequest[] = [];
    await detectObjects('a.png', 'ru', ports(model([GOOD], asked, name)), signal);
    const [request] = asked;
    assert.match(request?.messages.at(-1)?.content ?? '', words);
    assert.match(request?.messages.at(-1)?.content ?? '', /Russian \(русский\)/);
    assert.match(JSON.stringify(request?.schema), new RegExp(`"required":\\["${key}","label"\\]`));
    assert.equal(request?.messages.at(-1)?.images?.length, 1);
    assert.equal(request.maxTokens, 2048);
  }
});

test('returns the boxes and the name of the model', async () => {
  const found = await detectObjects('a.png', 'ru', ports(model([GOOD])), signal);
  assert.deepEqual(found, { boxes: [CAT], model: 'qwen3-vl:8b', missed: null });
});

test('falls back to the recognizers, with names in the language, when the answer is unusable', async () => {
  for (const [answer, code] of [
    ['I see a cat.', 'answer_unusable'],
    ['{"x": 1} '.repeat(400), 'model_looped'],
  ] as const) {
    const found = await detectObjects('a.png', 'ru', ports(model([answer])), signal);
    assert.deepEqual(found.boxes, BY_RECOGNIZERS);
    assert.equal(found.model, null);
    assert.equal(found.missed?.code, code);
    await assert.rejects(detectObjects('a.png', 'ru', ports(model([answer]), NO_RECOGNIZERS), signal), {
      code,
    });
  }
});

test('keeps what came before a loop in the list', async () => {
  const one = GOOD.slice(1, -1);
  const found = await detectObjects('a.png', 'ru', ports(model([`[${`${one}, `.repeat(100)}]`])), signal);
  assert.deepEqual(found.boxes, [CAT]);
});

test('uses the recognizers when no model supports boxes', async () => {
  assert.deepEqual((await detectObjects('a.png', 'ru', ports(model(['[]'])), signal)).boxes, BY_RECOGNIZERS);
  const alone = await detectObjects('a.png', 'ru', ports(model(['[]']), NO_RECOGNIZERS), signal);
  assert.deepEqual(alone, { boxes: [], model: 'qwen3-vl:8b', missed: null });
});

test('uses the recognizers and reports the reason when no model supports boxes, and fails without both', async () => {
  const down = new NotesightError('server_down', 'down');
  const found = await detectObjects('a.png', 'ru', ports(down), signal);
  assert.deepEqual(found, { boxes: BY_RECOGNIZERS, model: null, missed: down });
  await assert.rejects(detectObjects('a.png', 'ru', ports(down, NO_RECOGNIZERS), signal), {
    code: 'server_down',
  });
});

test('stops when the signal is aborted, and fails when the image is unreadable', async () => {
  const stop = new AbortController();
  stop.abort(new NotesightError('cancelled', 'stopped'));
  await assert.rejects(detectObjects('a.png', 'ru', ports(model([GOOD])), stop.signal), {
    code: 'cancelled',
  });
  const gone = new NotesightError('image_missing', 'gone');
  const images = { read: () => Promise.reject(gone) };
  await assert.rejects(detectObjects('a.png', 'ru', ports(model([GOOD]), { images }), signal), {
    code: 'image_missing',
  });
});

test('detects objects once per image content, language, and model in a session', async () => {
  const asked: ChatRequest[] = [];
  let choice = 'a';
  const same = { read: () => Promise.resolve(new Uint8Array([1])) };
  const where = createDetector(ports(model([GOOD], asked), { images: same }), () => choice);
  const first = await where('a.png', 'ru', signal);
  assert.equal(await where('copy of a.png', 'ru', signal), first);
  assert.equal(asked.length, 1);
  await where('a.png', 'en', signal);
  choice = 'b';
  await where('a.png', 'ru', signal);
  assert.equal(asked.length, 3);
});

test('retries only failures that may pass', async () => {
  const opened: string[] = [];
  const codes = ['server_down', 'model_cannot_point', 'no_vision_model', 'answer_unusable'] as const;
  const failing = (code: (typeof codes)[number]) =>
    ports(new NotesightError(code, code), {
      openModel: () => {
        opened.push(code);
        return Promise.reject(new NotesightError(code, code));
      },
    });
  for (const code of codes) {
    const where = createDetector(failing(code), () => '');
    await where('a.png', 'ru', signal);
    await where('a.png', 'ru', signal);
  }
  assert.deepEqual(opened, [
    ...['server_down', 'server_down', 'model_cannot_point', 'model_cannot_point'],
    ...['no_vision_model', 'no_vision_model', 'answer_unusable'],
  ]);
});
