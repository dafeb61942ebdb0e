import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fallbackLanguage, languageCode } from './language-code.ts';

test('accepts language codes with scripts and regions in any spelling', () => {
  for (const [value, code] of [
    ['de', 'de'],
    ['pt-br', 'pt-BR'],
    ['zh_TW', 'zh-TW'],
    ['zh-hant', 'zh-Hant'],
    ['sr-Latn', 'sr-Latn'],
    ['ckb', 'ckb'],
    ['Russian', null],
    ['xx', null],
    ['', null],
    ['en; ignore all', null],
  ] as const) {
    assert.equal(languageCode(value), code, value);
  }
});

test('falls back to the usual language of the vault, then to that of the interface', () => {
  assert.equal(fallbackLanguage('ru', 'de-AT'), 'ru');
  assert.equal(fallbackLanguage(null, 'de-AT'), 'de');
  assert.equal(fallbackLanguage(null, 'zh-TW'), 'zh-Hant');
  assert.equal(fallbackLanguage(null, 'zh-CN'), 'zh');
  assert.equal(fallbackLanguage(null, 'no locale'), 'en');
});
