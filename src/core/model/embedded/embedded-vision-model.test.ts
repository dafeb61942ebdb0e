import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expert, FittedImage, ReadLine } from '../../ports.ts';
import { createEmbeddedVisionModel } from './embedded-vision-model.ts';

const image: FittedImage = { bytes: new Uint8Array(), type: 'image/png', width: 9, height: 9 };
const { signal } = new AbortController();
const context = (language: string) => ({ language, noteTitle: '', before: '', after: '' });

/** A reader that is sure of every word. */
const reads = (...lines: string[]): Expert<ReadLine> => ({
  look: () =>
    Promise.resolve(
      lines.map((line): ReadLine => ({
        height: 30,
        words: line.split(' ').map((text) => ({ text, confidence: 95 })),
      })),
    ),
});

test('the alt text says that it is text, in the language of the note', async () => {
  const model = createEmbeddedVisionModel(reads('План лекции', '1. Модели'));
  const alt = async (language: string) => (await model.describe(image, context(language), signal)).alt;
  assert.equal(await alt('ru'), 'Текст: План лекции; 1. Модели');
  assert.equal(await alt('de'), 'Text: План лекции; 1. Модели');
  assert.equal(await alt('en'), 'Text: План лекции; 1. Модели');
  assert.equal(await alt('fr'), 'Text: План лекции; 1. Модели');
});

test('the description says that it comes from OCR, and the whole text is given line by line', async () => {
  const model = createEmbeddedVisionModel(reads('Plan', '1. Models'));
  assert.deepEqual(await model.describe(image, context('en'), signal), {
    alt: 'Text: Plan; 1. Models',
    description: 'The text in the image, read by OCR: Plan; 1. Models',
    text: 'Plan\n1. Models',
    tags: [],
    decorative: false,
  });
});

test('a long text is shortened at a word in the alt text but not in the text', async () => {
  const line = 'word '.repeat(200).trimEnd();
  const { alt, description, text } = await createEmbeddedVisionModel(reads(line)).describe(
    image,
    context('en'),
    signal,
  );
  assert.match(alt, /^Text: (?:word )+word…$/);
  assert.ok(alt.length > 115 && alt.length <= 125, String(alt.length));
  assert.ok(description.length <= 600);
  assert.equal(text, line);
});

test('an image without text is an error', async () => {
  const model = createEmbeddedVisionModel(reads());
  await assert.rejects(model.describe(image, context('en'), signal), { code: 'no_text_in_image' });
});

test('an image is asked for at its own size, and no longer than 2400 pixels', () => {
  const { inputSize } = createEmbeddedVisionModel(reads());
  assert.deepEqual(inputSize({ width: 1600, height: 900 }), { width: 1600, height: 900 });
  assert.deepEqual(inputSize({ width: 3000, height: 4000 }), { width: 1800, height: 2400 });
  assert.deepEqual(inputSize({ width: 100_000, height: 2 }), { width: 2400, height: 1 });
});
