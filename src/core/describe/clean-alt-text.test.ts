import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanAltText } from './clean-alt-text.ts';

test('removes phrases that only say that there is an image', () => {
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

test('keeps informative kinds of image and phrases that can not stand without their beginning', () => {
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

test('removes labels, quotes around the text, Markdown, and line breaks', () => {
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

test('keeps the sentences that fit in 125 units, and always the first one', () => {
  const first = 'A slide with the title of the lecture and its three parts.';
  const second = 'There is a logo too.';
  const long = 'Below stands a table with numbers that nobody would want to hear read aloud to them.';
  assert.equal(cleanAltText(`${first} ${second} ${long}`, 'en'), `${first} ${second}`);
  const longer = `${'A word and '.repeat(15)}end.`;
  assert.equal(cleanAltText(`${longer} ${first}`, 'en'), longer);
  assert.equal(cleanAltText('屋根の上の猫。'.repeat(30), 'ja').length <= 125, true);
});

test('cuts a sentence over 250 units at a word, with an ellipsis', () => {
  const text = cleanAltText(`${'слово, '.repeat(60)}конец.`, 'ru');
  assert.ok(text.length <= 250);
  assert.match(text, /слово…$/u);
  assert.equal(cleanAltText('x'.repeat(300), 'en'), `${'x'.repeat(249)}…`);
  assert.doesNotMatch(cleanAltText(`x${'🐈'.repeat(200)}`, 'en'), /[\ud800-\udbff](?![\udc00-\udfff])/);
});

test('returns one line of at most 250 units that cleaning again does not change', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (raw) => {
      const text = cleanAltText(raw, 'en');
      assert.ok(text.length <= 250);
      assert.doesNotMatch(text, /[\n\r\t]/);
      assert.equal(text, text.trim());
    }),
  );
});

test('takes no more time for an endless answer than for a long one', () => {
  for (const piece of ['[', 'a. ', '"', '![](', 'auf dem bild ist ', 'x']) {
    const text = cleanAltText(piece.repeat(1_000_000), 'en');
    assert.equal(text, cleanAltText(piece.repeat(10_000), 'en'));
  }
});

test('removes what a model says before and after the alt text, in several languages', () => {
  const cases: [string, string][] = [
    ['Sure! Here is the alt text for the image:\n\n"A red kite over a lake."', 'A red kite over a lake.'],
    ['Here is a sentence describing the image: A red kite.', 'A red kite.'],
    ["Okay, here's a description: A red kite.", 'A red kite.'],
    ['Sure! A red kite.', 'A red kite.'],
    ['A red kite.\n\nLet me know if you need anything else!', 'A red kite.'],
    [
      'Here are a few options for alt text:\n\n* **Short:** A red kite.\n* **Long:** A kite flies.',
      'A red kite.',
    ],
    ['Sure, here are options:\n1. A red kite\n2. A kite that is red', 'A red kite'],
    ['Конечно! Вот альтернативный текст: «Красный змей.»', 'Красный змей.'],
    ['Gerne! Hier ist der Alternativtext:\n\nEin roter Drachen.', 'Ein roter Drachen.'],
    ['Voici le texte alternatif : Un cerf-volant.', 'Un cerf-volant.'],
    ['¡Claro! Aquí tienes el texto alternativo: "Una cometa."', 'Una cometa.'],
    ['Claro! Aqui está o texto alternativo: Uma pipa.', 'Uma pipa.'],
    ['Certo! Ecco il testo alternativo: Un aquilone.', 'Un aquilone.'],
    ['当然！以下是图片的替代文本：红色风筝。', '红色风筝。'],
    ['はい、以下が代替テキストです：赤い凧。', '赤い凧。'],
    ['네, 다음은 이미지의 대체 텍스트입니다: 빨간 연.', '빨간 연.'],
    ['Below: two cats. Above: a dog.', 'Below: two cats. Above: a dog.'],
    ['Here: a sign.', 'Here: a sign.'],
    ['Sure Start logo', 'Sure Start logo'],
    ['Text: Read me', 'Text: Read me'],
  ];
  for (const [raw, clean] of cases) assert.equal(cleanAltText(raw, 'en'), clean);
});

test('removes control tokens and HTML', () => {
  const cases: [string, string][] = [
    ['A red circle<|im_end|>', 'A red circle'],
    ['A red circle</s>', 'A red circle'],
    ['A red circle<end_of_turn>', 'A red circle'],
    ['<s>[INST] A red circle [/INST]', 'A red circle'],
    ['A red circle<|eot_id|>', 'A red circle'],
    ['<image_soft_token> A cat on a mat', 'A cat on a mat'],
    ['<|begin_of_box|>A red circle.<|end_of_box|>', 'A red circle.'],
    ['<unused50><unused50>', ''],
    ['A cat<br>on a <b>mat</b> &amp; more', 'A cat on a mat & more'],
    ['A page with a <div> tag', 'A page with a <div> tag'],
  ];
  for (const [raw, clean] of cases) assert.equal(cleanAltText(raw, 'en'), clean);
});

test('decodes escapes in the text, except in paths and formulas', () => {
  const cases: [string, string][] = [
    ['Dash \\u2014 and\\nline', 'Dash — and line'],
    ['\\u041a\\u043e\\u0442', 'Кот'],
    ['A \\ud83d\\ude00 face', 'A 😀 face'],
    ['EXIT\\nPUSH', 'EXIT PUSH'],
    ['Вход\\nвыход', 'Вход выход'],
    ['A sign says \\"Exit\\"', 'A sign says "Exit"'],
    ['The folder C:\\new\\notes', 'The folder C:\\new\\notes'],
    ['The share \\\\server\\new', 'The share \\\\server\\new'],
    ['The file src\\new\\thing.ts', 'The file src\\new\\thing.ts'],
    ['The formula \\nabla f = \\theta', 'The formula \\nabla f = \\theta'],
  ];
  for (const [raw, clean] of cases) assert.equal(cleanAltText(raw, 'en'), clean);
});

test('accepts an invalid language code', () => {
  assert.equal(cleanAltText('x '.repeat(200), 'not a code').length <= 250, true);
});
