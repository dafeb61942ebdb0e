import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanDescription, cleanImageText } from './clean-description.ts';

test('drops a text that only says that there is none', () => {
  const none = [
    'None',
    'none.',
    'N/A',
    'There is no text in the image.',
    'There is no visible text.',
    'No text',
    'No visible text in the image',
    'The image contains no text.',
    'The image does not contain any text.',
    'Нет текста',
    'Текст отсутствует.',
    'Kein Text',
    'Aucun texte',
    'Sin texto',
    'Nessun testo',
    '无文字',
    'なし',
    '텍스트 없음',
  ];
  for (const text of none) assert.equal(cleanImageText(text), '', text);
});

test('keeps the text of an image', () => {
  const texts = [
    'Image',
    'No text messages while driving',
    'NONE SHALL PASS',
    'null != undefined',
    'printf("\\n");',
    'Нет входа',
  ];
  for (const text of texts) assert.equal(cleanImageText(text), text);
  assert.equal(cleanImageText('EXIT\nPUSH<|im_end|>'), 'EXIT\nPUSH');
});

test('cleans a description and drops a refusal', () => {
  assert.equal(cleanDescription('A kite \\u2014 red.<end_of_turn>'), 'A kite — red.');
  for (const raw of ['N/A', 'string', "I'm unable to view images.", 'An image.']) {
    assert.equal(cleanDescription(raw), '', raw);
  }
});
