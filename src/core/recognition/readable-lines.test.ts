import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadLine } from '../ports.ts';
import { readableLines } from './readable-lines.ts';

/** `word:confidence` separated by spaces. */
const line = (written: string): ReadLine => ({
  height: 30,
  words: written.split(' ').map((word) => {
    const at = word.lastIndexOf(':');
    return { text: word.slice(0, at), confidence: Number(word.slice(at + 1)) };
  }),
});

test('keeps lines that were read with confidence unchanged', () => {
  assert.deepEqual(
    readableLines([line('План:96 лекции:96'), line('1.:94 Что:96 такое:92'), line('2019:96 2020:96')]),
    ['План лекции', '1. Что такое', '2019 2020'],
  );
});

test('drops lines of noise in a text', () => {
  assert.deepEqual(
    readableLines([line('Единая:95 модель:96'), line('BEN:26 a:43'), line('—_:10 г:54'), line('|:95')]),
    ['Единая модель'],
  );
});

test('drops bullets and borders only at the ends of a line', () => {
  assert.deepEqual(
    readableLines([line('»:75 LLM:93 —:92 модель:96 |:90'), line('›:4 Видео:95 —=:56 кадры:96')]),
    ['LLM — модель', 'Видео кадры'],
  );
});

test('keeps a heading that contains a formula', () => {
  const formula = line('Attention(Q,:90 К,:89 У):88 =:92 зоНтах(ОКТ:39 /:85 vd):70 У:96');
  assert.equal(
    readableLines([line('Трансформер:96 и:96 внимание:96'), formula])[0],
    'Трансформер и внимание',
  );
});

test('returns no lines when OCR reads noise in a photo', () => {
  assert.deepEqual(readableLines([]), []);
  assert.deepEqual(
    readableLines([line('No:15'), line('~:70'), line('-:86 Tel:53'), line('бово:0 EEE:0 2:86')]),
    [],
  );
  const board = [
    '21%:65',
    'Mar:39',
    'aren:72 *:47',
    'STW32F3:82',
    '0000000000008:20',
    'KOC0000L00000000COCOOOEO:0',
  ];
  assert.deepEqual(readableLines(board.map(line)), []);
  assert.deepEqual(readableLines([line('a:95 b:96 |:99 9:99')]), []);
});
