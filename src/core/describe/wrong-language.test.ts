import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isWrongLanguage } from './wrong-language.ts';

const undecided = (): null => null;

test('detects a text in another script', () => {
  const cases: [string, string, boolean][] = [
    ['A cat sits on the roof.', 'ru', true],
    ['Кошка сидит на крыше.', 'ru', false],
    ['Кошка сидит на крыше.', 'en', true],
    ['一只猫坐在屋顶上，旁边有一棵树和一条狗。', 'en', true],
    ['一只猫坐在屋顶上，旁边有一棵树和一条狗。', 'zh', false],
    ['屋根の上に猫が座っています。', 'ja', false],
    ['A cat sits on the roof.', 'ja', true],
    ['Eine Katze auf dem Dach.', 'de', false],
    // Names stay in their own script.
    ['Окно программы Visual Studio Code с расширением Markdown', 'ru', false],
    ['Кошка сидит на крыше.', 'sr-Latn', true],
    ['一隻貓坐在屋頂上，旁邊有一棵樹和一條狗。', 'zh-TW', false],
    // Too short to decide.
    ['OSI, 7', 'ru', false],
  ];
  for (const [text, language, wrong] of cases) {
    assert.equal(isWrongLanguage(text, language, undecided), wrong, `${language}: ${text}`);
  }
});

test('trusts the detector for English and Chinese, but not for closely related languages', () => {
  const text = 'A cat sits on the roof of a house.';
  assert.equal(
    isWrongLanguage(text, 'de', () => 'en'),
    true,
  );
  assert.equal(
    isWrongLanguage(text, 'en', () => 'en'),
    false,
  );
  assert.equal(
    isWrongLanguage(text, 'nb', () => 'da'),
    false,
  );
});
