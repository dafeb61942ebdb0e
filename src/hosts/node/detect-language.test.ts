import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findImages } from '../../core/note/find-images.ts';
import { readContext } from '../../core/note/note-context.ts';
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
