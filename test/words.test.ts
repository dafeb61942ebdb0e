import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NotesightError } from '../src/core/errors.ts';
import { explain } from '../src/core/messages/explain.ts';
import { en, type Words } from '../src/hosts/obsidian/messages/en.ts';
import { ru } from '../src/hosts/obsidian/messages/ru.ts';
import { chooseWords } from '../src/hosts/obsidian/messages/words.ts';
import { vscodeEn } from '../src/hosts/vscode/messages/vscode-en.ts';
import { vscodeRu } from '../src/hosts/vscode/messages/vscode-ru.ts';

/** Every text of a table by its path; functions are called with a few counts. */
function texts(words: unknown, path = ''): Map<string, string[]> {
  if (typeof words === 'string') return new Map([[path, [words]]]);
  if (typeof words === 'function') {
    const say = words as (...given: unknown[]) => string;
    const counts = [1, 2, 5, 21, 59, 3600].map((count) =>
      say(
        new Proxy({}, { get: (_target, key) => (key === Symbol.toPrimitive ? () => count : count) }),
        count,
      ),
    );
    return new Map([[path, counts]]);
  }
  assert.ok(typeof words === 'object' && words !== null, path);
  return new Map(Object.entries(words).flatMap(([key, inner]) => [...texts(inner, `${path}.${key}`)]));
}

test('uses Russian for Russian, and English for any other language', () => {
  assert.equal(chooseWords('ru'), ru);
  for (const language of ['en', 'en-GB', 'de', 'uk', '']) assert.equal(chooseWords(language), en, language);
});

test('has the same texts in both languages', () => {
  assert.deepEqual([...texts(ru).keys()].sort(), [...texts(en).keys()].sort());
  assert.deepEqual([...texts(vscodeRu).keys()].sort(), [...texts(vscodeEn).keys()].sort());
});

test('has no empty or unfinished text', () => {
  for (const words of [en, ru, vscodeEn, vscodeRu]) {
    for (const [path, said] of texts(words)) {
      for (const text of said) {
        assert.match(text, /\S/, path);
        assert.doesNotMatch(text, /undefined|null|NaN|\[object| {2}|^\s|\s$/, `${path}: ${text}`);
      }
    }
  }
});

test('has no English except names in the Russian texts', () => {
  const names =
    /\b(?:Ollama|OpenAI|x4|token|Notesight|Enter|Alt\+Enter|Delete|Shift|Escape|gemma3:4b|10m|1h30m|ollama\.com|OCR|bearer|Markdown|LaTeX)\b|\.gitignore|https?:\S+/g;
  for (const [path, said] of [...texts(ru), ...texts(vscodeRu)]) {
    if (path === '.locale') continue;
    for (const text of said) assert.doesNotMatch(text.replace(names, ''), /[a-z]/i, `${path}: ${text}`);
  }
});

test('uses sentence case for buttons and choices in English', () => {
  const { commands, menus, settings } = en;
  const labels = [
    ...Object.values(commands),
    ...Object.values(menus),
    ...Object.values(settings.groups),
    ...Object.values(settings.fields).map(({ name }) => name),
  ];
  for (const label of labels) assert.match(label, /^\p{Lu}[\p{Ll} ]+…?$/u, label);
  for (const name of Object.values(commands)) assert.doesNotMatch(name, /command|notesight/i);
});

test('inflects nouns with their count', () => {
  const counts = (words: Words, count: number) => [
    words.status.waiting(count),
    words.notices.undone({
      notes: count,
      captions: count,
      summaries: 0,
      undone: count,
      kept: count,
      failed: 0,
    }),
  ];
  assert.deepEqual(counts(en, 1), [
    '1 image queued',
    'Reverted 1 image in 1 note. Skipped 1 edit: the text has changed since.',
  ]);
  assert.deepEqual(counts(ru, 1), [
    '1 изображение в очереди',
    'Отменено: 1 изображение в 1 заметке. Пропущено: 1 правка — текст с тех пор изменился.',
  ]);
  assert.deepEqual(counts(ru, 22), [
    '22 изображения в очереди',
    'Отменено: 22 изображения в 22 заметках. Пропущено: 22 правки — текст с тех пор изменился.',
  ]);
  assert.equal(ru.status.waiting(11), '11 изображений в очереди');
});

test('rounds the time left', () => {
  const left = ({ status }: Words) => [3, 42, 57, 89, 150, 3500, 7300].map(status.timeLeft);
  assert.deepEqual(left(en), [
    'a few seconds left',
    'about 40 seconds left',
    'about 1 minute left',
    'about 1 minute left',
    'about 3 minutes left',
    'about 58 minutes left',
    'about 2 hours left',
  ]);
  assert.deepEqual(left(ru), [
    'осталось несколько секунд',
    'осталось около 40 секунд',
    'осталось около 1 минуты',
    'осталось около 1 минуты',
    'осталось около 3 минут',
    'осталось около 58 минут',
    'осталось около 2 часов',
  ]);
});

test('uses the path of the settings for the server test in errors', () => {
  for (const [language, words] of [['en', en] as const, ['ru', ru] as const]) {
    const { advice } = explain(new NotesightError('server_down', 'down'), language);
    const { groups, servers } = words.settings;
    assert.ok(advice.replace(/[«»]/g, '').endsWith(`→ ${groups.server} → ${servers.test}.`), advice);
  }
});
