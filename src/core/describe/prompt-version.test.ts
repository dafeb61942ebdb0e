import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESCRIBE_VERSION } from './describe-prompt.ts';
import { promptVersion } from './prompt-version.ts';

test('returns a different version for each addition of the user', async () => {
  assert.equal(await promptVersion(''), DESCRIBE_VERSION);
  const short = await promptVersion('Be short.');
  assert.match(String(short), new RegExp(`^${DESCRIBE_VERSION}\\+[0-9a-f]{64}$`));
  assert.equal(await promptVersion('Be short.'), short);
  assert.notEqual(await promptVersion('Be long.'), short);
});
