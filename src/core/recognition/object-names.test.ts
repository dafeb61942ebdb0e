import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedObject, OBJECT_LABELS, objectName } from './object-names.ts';

test('has names in all languages for the 80 objects of COCO and for faces', () => {
  assert.equal(OBJECT_LABELS.length, 81);
  for (const label of OBJECT_LABELS) {
    for (const count of [1, 2, 5]) {
      assert.match(countedObject(label, count, 'en'), count === 1 ? /^an? [a-z ]+$/ : /^\d [a-z ]+$/);
      assert.match(countedObject(label, count, 'ru'), count === 1 ? /^[а-яё «»Ст-]+$/ : /^\d [а-яё «»Ст-]+$/);
      assert.match(countedObject(label, count, 'de'), count === 1 ? /^eine? [A-ZÄÖÜ]/ : /^\d [A-ZÄÖÜ]/);
    }
  }
});

test('counts objects by the rules of the language', () => {
  const counted = (language: string, label: string) =>
    [1, 2, 5, 21].map((count) => countedObject(label, count, language));
  assert.deepEqual(counted('en', 'person'), ['a person', '2 people', '5 people', '21 people']);
  assert.deepEqual(counted('en', 'umbrella'), ['an umbrella', '2 umbrellas', '5 umbrellas', '21 umbrellas']);
  assert.deepEqual(counted('ru', 'person'), ['человек', '2 человека', '5 человек', '21 человек']);
  assert.deepEqual(counted('ru', 'bottle'), ['бутылка', '2 бутылки', '5 бутылок', '21 бутылка']);
  assert.deepEqual(counted('de', 'bottle'), ['eine Flasche', '2 Flaschen', '5 Flaschen', '21 Flaschen']);
  assert.deepEqual(counted('fr', 'face'), ['a face', '2 faces', '5 faces', '21 faces']);
});

test('names an object without an article', () => {
  assert.equal(objectName('apple', 'en'), 'apple');
  assert.equal(objectName('dining table', 'ru'), 'стол');
  assert.equal(objectName('bottle', 'de'), 'Flasche');
  for (const label of OBJECT_LABELS) {
    assert.doesNotMatch(objectName(label, 'en') + objectName(label, 'de'), /^(?:an?|eine?) |\|/);
  }
});

test('returns an unknown label unchanged', () => {
  for (const label of ['okapi', 'constructor', '__proto__', '']) {
    assert.equal(objectName(label, 'ru'), label);
    assert.equal(countedObject(label, 1, 'de'), label);
    assert.equal(countedObject(label, 3, 'en'), `3 × ${label}`);
  }
});
