import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedObject } from '../ports.ts';
import { describeDetections } from './describe-detections.ts';

const box = { x: 0, y: 0, width: 9, height: 9 };
const objects = (...labels: string[]): DetectedObject[] =>
  labels.map((label) => ({ label, score: 0.7, box }));
const alt = (...found: Parameters<typeof describeDetections>) => describeDetections(...found)?.alt;

test('starts the alt text with the kind of image, in the language of the note', () => {
  const lines = ['План лекции', '1. Модели'];
  assert.equal(alt('slide', lines, [], 'ru'), 'Слайд: План лекции; 1. Модели');
  assert.equal(alt('slide', lines, [], 'de'), 'Folie: План лекции; 1. Модели');
  assert.equal(alt('slide', lines, [], 'en'), 'Slide: План лекции; 1. Модели');
  assert.equal(alt('text', lines, [], 'fr'), 'Text: План лекции; 1. Модели');
  assert.equal(alt('chart', ['Loss', '2.0'], [], 'en'), 'Chart with the text: Loss; 2.0');
  assert.equal(alt('photo', [], objects('person', 'bottle', 'person'), 'en'), 'Photo: 2 people, a bottle');
  assert.equal(alt('photo', [], objects('bottle', 'bottle'), 'ru'), 'Фото: 2 бутылки');
  assert.equal(alt('photo', ['Café'], objects('cup'), 'de'), 'Foto: eine Tasse; Text: Café');
});

test('counts a face as part of a person', () => {
  assert.equal(alt('photo', [], objects('face'), 'en'), 'Photo: a person');
  assert.equal(alt('photo', [], objects('dog', 'person', 'face', 'face'), 'en'), 'Photo: 2 people, a dog');
});

test('uses the text of a slide as alt text and adds the objects to the description', () => {
  const found = describeDetections('slide', ['Team', 'Who we are'], objects('person'), 'en') ?? assert.fail();
  assert.equal(found.alt, 'Slide: Team; Who we are');
  assert.match(
    found.description,
    /^Recognized automatically.* Detected objects: a person\. Text in the image/,
  );
  assert.deepEqual(found.tags, ['person']);
});

test('shortens a long text at a word in the alt text only', () => {
  const line = 'word '.repeat(200).trimEnd();
  const found = describeDetections('text', [line], [], 'en') ?? assert.fail();
  assert.match(found.alt, /^Text: (?:word )+word…$/);
  assert.ok(found.alt.length > 115 && found.alt.length <= 125, found.alt);
  assert.ok(found.description.length <= 600);
  assert.equal(found.text, line);
});

test('returns null when nothing was found', () => {
  assert.equal(describeDetections('photo', [], [], 'en'), null);
});
