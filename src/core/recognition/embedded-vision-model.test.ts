import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finds, reads } from '../../../test/fakes/scripted-recognizers.ts';
import { NotesightError } from '../errors.ts';
import type { Recognizer, Recognizers, FittedImage, DetectedObject } from '../ports.ts';
import { createEmbeddedVisionModel } from './embedded-vision-model.ts';

const image: FittedImage = { bytes: new Uint8Array(), type: 'image/jpeg', width: 90, height: 90 };
const { signal } = new AbortController();
const context = { language: 'en', noteTitle: '', before: '', after: '' };

const describe = (recognizers: Recognizers) =>
  createEmbeddedVisionModel(recognizers).describe(image, context, signal);

test('merges the results of the recognizers into one description', async () => {
  assert.deepEqual(
    await describe({ text: reads('No smoking'), objects: finds('person', 'face', 'person') }),
    {
      alt: 'Photo: 2 people; text: No smoking',
      description:
        'Recognized automatically, without a vision model. Detected objects: 2 people. Text in the image (OCR): No smoking',
      text: 'No smoking',
      tags: ['person'],
      decorative: false,
    },
  );
});

test('detects objects in photos only', async () => {
  const model = createEmbeddedVisionModel({ text: reads('Owl'), objects: finds('person') });
  assert.equal((await model.describe({ ...image, type: 'image/png' }, context, signal)).alt, 'Text: Owl');
});

test('fails when nothing is found in an image', async () => {
  await assert.rejects(describe({ text: reads(), objects: finds() }), { code: 'nothing_recognised' });
});

test('reports the error of a recognizer that fails', async () => {
  const broken: Recognizer<DetectedObject> = {
    look: () => Promise.reject(new NotesightError('model_unloadable', 'no weights')),
  };
  await assert.rejects(describe({ text: reads('Plan'), objects: broken }), { code: 'model_unloadable' });
});

test('requests the image at its own size, up to 2400 pixels', () => {
  const { inputSize } = createEmbeddedVisionModel({ text: reads(), objects: finds() });
  assert.deepEqual(inputSize({ width: 1600, height: 900 }), { width: 1600, height: 900 });
  assert.deepEqual(inputSize({ width: 3000, height: 4000 }), { width: 1800, height: 2400 });
  assert.deepEqual(inputSize({ width: 100_000, height: 2 }), { width: 2400, height: 1 });
});
