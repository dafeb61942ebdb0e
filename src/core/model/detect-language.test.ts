import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findImages } from '../note/find-images.ts';
import { readContext } from '../note/note-context.ts';
import { detectLanguage } from './detect-language.ts';

const samples = fileURLToPath(new URL('../../../samples/vault/', import.meta.url));
const NOT_ENGLISH: Readonly<Record<string, string>> = {
  'Reiseplan Leipzig.md': 'de',
  'Inbox/Seminar Wärmepumpe.md': 'de',
  'Лекция. Мультимодальные модели.md': 'ru',
};

test('the language of every sample note is told', () => {
  const notes = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const told = notes.map((note) => {
    const markdown = readFileSync(`${samples}${note}`, 'utf8');
    return [note, detectLanguage(readContext(markdown, note, findImages(markdown)).text)];
  });
  const expected = notes.map((note) => [
    note,
    NOT_ENGLISH[note.replaceAll('\\', '/').normalize('NFC')] ?? 'en',
  ]);
  assert.deepEqual(told, expected);
});

test('a word or two tell no language that is written in Latin letters', () => {
  assert.equal(detectLanguage('Colours'), null);
  assert.equal(detectLanguage('IMG 2044 — 2026'), null);
  assert.equal(detectLanguage(''), null);
});

test('a single Russian word is Russian, also among Latin terms', () => {
  assert.equal(detectLanguage('Слайды'), 'ru');
  assert.equal(detectLanguage('Лекция про Transformer и OmniFusion'), 'ru');
});

test('a sentence tells its language', () => {
  const sentences: Readonly<Record<string, string>> = {
    en: 'The lecture begins with a short history of the field.',
    de: 'Die Vorlesung beginnt mit einer kurzen Geschichte des Faches.',
    fr: 'Le cours commence par une brève histoire de la discipline.',
    es: 'La clase empieza con una breve historia de la materia.',
    it: 'La lezione comincia con una breve storia della materia.',
    pt: 'A aula começa com uma breve história da disciplina.',
    nl: 'Het college begint met een korte geschiedenis van het vak.',
    pl: 'Wykład zaczyna się od krótkiej historii tej dziedziny.',
    cs: 'Přednáška začíná krátkou historií tohoto oboru.',
    sv: 'Föreläsningen börjar med en kort historik över ämnet.',
    tr: 'Ders, bu alanın kısa bir tarihi ile başlar.',
    ru: 'Лекция начинается с краткой истории предмета.',
    uk: 'Лекція починається з короткої історії предмета.',
    ja: '講義はこの分野の短い歴史から始まります。',
    ko: '강의는 이 분야의 짧은 역사로 시작합니다.',
    zh: '课程从该领域的简史开始。',
  };
  for (const [language, sentence] of Object.entries(sentences)) {
    assert.equal(detectLanguage(sentence), language, sentence);
  }
});

test('letters and words that several languages share decide nothing alone', () => {
  assert.equal(detectLanguage('Tensor Encoder Decoder Adapter Transformer'), null);
});
