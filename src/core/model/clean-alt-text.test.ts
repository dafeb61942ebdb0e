import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { cleanAltText } from './clean-alt-text.ts';

test('phrases that only say that there is an image are taken off', () => {
  const cases: [string, string][] = [
    ['An image of a cat on a roof.', 'A cat on a roof.'],
    ['This is a picture showing two dogs.', 'Two dogs.'],
    ['The image shows a bar chart of sales.', 'A bar chart of sales.'],
    ['This photo depicts a bridge.', 'A bridge.'],
    ['Picture of the Eiffel tower', 'The Eiffel tower'],
    ['In the image, there is a red car.', 'A red car.'],
    ['A photograph that shows a lake.', 'A lake.'],
    ['На изображении показан график продаж.', 'График продаж.'],
    ['На этой фотографии изображена кошка.', 'Кошка.'],
    ['На картинке видны горы.', 'Горы.'],
    ['Изображение, на котором показана схема сети.', 'Схема сети.'],
    ['Рисунок: кристаллическая решётка', 'Кристаллическая решётка'],
    ['Das Bild zeigt eine Katze auf einem Dach.', 'Eine Katze auf einem Dach.'],
    ['Auf dem Bild ist eine Brücke zu sehen.', 'Eine Brücke.'],
    ['Auf diesem Foto sind zwei Hunde.', 'Zwei Hunde.'],
    ['Ein Bild, das eine Brücke zeigt.', 'Eine Brücke.'],
  ];
  for (const [raw, clean] of cases) assert.equal(cleanAltText(raw, 'en'), clean);
});

test('kinds of image that say something, and phrases that can not stand without their beginning, stay', () => {
  const kept = [
    'A screenshot of the settings page.',
    'Bar chart of sales by year.',
    'Imagery of the sea.',
    'An image editor with a photo of a cat open.',
    'Изображение кошки на крыше.',
    'Ein Bild von einer Katze.',
    'Das Bild zeigt, wie Wasser verdampft.',
    'Photosynthesis in a leaf.',
  ];
  for (const text of kept) assert.equal(cleanAltText(text, 'en'), text);
});

test('labels, quotes around it, Markdown and line breaks are taken off', () => {
  const cases: [string, string][] = [
    ['Alt text: "A cat on a roof."', 'A cat on a roof.'],
    ['**Caption:** A cat', 'A cat'],
    ['«Кошка на крыше»', 'Кошка на крыше'],
    ['„Eine Katze“', 'Eine Katze'],
    ['A sign that says "Exit"', 'A sign that says "Exit"'],
    ['"Yes" and "No" buttons', '"Yes" and "No" buttons'],
    ['A *big* **red** `button` in [the app](http://x.y)', 'A big red button in the app'],
    ['# A cat\n\non a\troof', 'A cat on a roof'],
    ['- A cat', 'A cat'],
    ['The file my_long_name.txt and 2*3*4', 'The file my_long_name.txt and 2*3*4'],
    ['  ', ''],
    ['', ''],
  ];
  for (const [raw, clean] of cases) assert.equal(cleanAltText(raw, 'en'), clean);
});

test('of several sentences those are kept that fit in 125 units, and the first in any case', () => {
  const first = 'A slide with the title of the lecture and its three parts.';
  const second = 'There is a logo too.';
  const long = 'Below stands a table with numbers that nobody would want to hear read aloud to them.';
  assert.equal(cleanAltText(`${first} ${second} ${long}`, 'en'), `${first} ${second}`);
  const longer = `${'A word and '.repeat(15)}end.`;
  assert.equal(cleanAltText(`${longer} ${first}`, 'en'), longer);
  assert.equal(cleanAltText('屋根の上の猫。'.repeat(30), 'ja').length <= 125, true);
});

test('a sentence over 250 units is cut at a word, with an ellipsis', () => {
  const text = cleanAltText(`${'слово, '.repeat(60)}конец.`, 'ru');
  assert.ok(text.length <= 250);
  assert.match(text, /слово…$/u);
  assert.equal(cleanAltText('x'.repeat(300), 'en'), `${'x'.repeat(249)}…`);
  assert.doesNotMatch(cleanAltText(`x${'🐈'.repeat(200)}`, 'en'), /[\ud800-\udbff](?![\udc00-\udfff])/);
});

test('what comes out is one line of at most 250 units and stays as it is when cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (raw) => {
      const text = cleanAltText(raw, 'en');
      assert.ok(text.length <= 250);
      assert.doesNotMatch(text, /[\n\r\t]/);
      assert.equal(text, text.trim());
    }),
  );
});

test('an endless answer costs no more than a long one', () => {
  for (const piece of ['[', 'a. ', '"', '![](', 'auf dem bild ist ', 'x']) {
    const text = cleanAltText(piece.repeat(1_000_000), 'en');
    assert.equal(text, cleanAltText(piece.repeat(10_000), 'en'));
  }
});

test('a language code that is none does no harm', () => {
  assert.equal(cleanAltText('x '.repeat(200), 'not a code').length <= 250, true);
});
