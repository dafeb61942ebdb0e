import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageChoices } from './language-choices.ts';
import { languageCode } from './language-code.ts';

for (const locale of ['en', 'ru']) {
  const { common, others } = languageChoices(locale);
  const all = [...common, ...others];

  test(`names each language once in ${locale}`, () => {
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
    for (const { code, name } of all) assert.notEqual(name, code);
    assert.ok(all.length > 150, String(all.length));
  });

  test(`offers only valid codes in ${locale}`, () => {
    for (const { code } of all) assert.notEqual(languageCode(code), null, code);
  });

  test(`sorts languages by name in ${locale}`, () => {
    for (const part of [common, others]) {
      const names = part.map(({ name }) => name);
      assert.deepEqual(
        names,
        [...names].sort((a, b) => a.localeCompare(b, locale)),
      );
    }
  });
}

test('separates common languages from others', () => {
  const { common, others } = languageChoices('en');
  const names = (part: typeof common) => part.map(({ name }) => name);
  assert.ok(names(common).includes('German'));
  assert.deepEqual(
    names(others).filter((name) => name === 'Akan'),
    ['Akan'],
  );
  assert.ok(common.length < 60, String(common.length));
});
