import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankImages } from './rank-images.ts';

const SLIDES = [
  { id: 'plan', text: 'План лекции: три подхода к обучению, видео и генерация' },
  { id: 'adapter', text: 'Адаптер: мостик между моделями. ViT, признаки изображения' },
  { id: 'tokens', text: 'Токены картинок: 8 192. Общий словарь' },
  { id: 'heat', text: 'Die Wärmepumpe: Kältekreis mit Verdichter und Verflüssiger' },
  { id: 'loss', text: 'A loss curve over epochs for three learning rates' },
];

test('finds the image that a question is about in any supported language, whatever the word endings', () => {
  for (const [question, id] of [
    ['Какими токенами кодируется картинка?', 'tokens'],
    ['Что за адаптеры стоят между моделями?', 'adapter'],
    ['Wie funktioniert der Kältekreislauf einer Wärmepumpe?', 'heat'],
    ['Which learning rate has the lowest loss?', 'loss'],
    ['8 192', 'tokens'],
  ] as const) {
    assert.equal(rankImages(question, SLIDES)[0], id, question);
  }
});

test('omits images that are unrelated to the question', () => {
  assert.deepEqual(rankImages('A lighthouse?', SLIDES), []);
  assert.deepEqual(rankImages('', SLIDES), []);
  assert.deepEqual(rankImages('?! (((', SLIDES), []);
  assert.deepEqual(rankImages('the of to', []), []);
});

test('ranks the image that a Chinese question is about first', () => {
  const documents = ['红色的苹果放在桌子上', '一只黑猫在睡觉', '海边的灯塔'].map((text, at) => ({
    id: `${at}`,
    text,
  }));
  assert.equal(rankImages('哪张图片里有灯塔？', documents)[0], '2');
  assert.equal(rankImages('黑猫在哪里？', documents)[0], '1');
});
