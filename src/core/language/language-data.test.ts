import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languageData } from '../../../scripts/build-language-data.mjs';

test('matches the output of the build script', async () => {
  const file = new URL('language-data.ts', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), await languageData());
});
