import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../scripts/repository.mjs';

const read = (name: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8')) as Record<
    string,
    unknown
  >;

test('has the same version in the manifests and a known minimum app version', () => {
  const manifest = read('manifest.json');
  assert.equal(manifest['version'], read('package.json')['version']);
  assert.equal(read('versions.json')[String(manifest['version'])], manifest['minAppVersion']);
});

test('links to the repository of the package', () => {
  const { homepage, bugs } = read('package.json');
  assert.equal(homepage, `${REPOSITORY}#readme`);
  assert.deepEqual(bugs, { url: `${REPOSITORY}/issues` });
});
