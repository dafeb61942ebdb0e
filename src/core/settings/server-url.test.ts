import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServerUrl } from './server-url.ts';

test('reads an address in every common form', () => {
  assert.equal(parseServerUrl(''), 'http://127.0.0.1:11434');
  assert.equal(parseServerUrl(' nas '), 'http://nas:11434');
  assert.equal(parseServerUrl('https://ai.example.com/ollama/'), 'https://ai.example.com:443/ollama');
});

test('rejects an invalid address and one with a query or password', () => {
  for (const text of ['ftp://nas', 'a b', 'nas/x?key=geheim', 'https://nas/#geheim', 'me:geheim@nas']) {
    assert.throws(
      () => parseServerUrl(text),
      (error: Error & { code?: string }) =>
        error.code === 'bad_usage' && !JSON.stringify(error).includes('geheim'),
      text,
    );
  }
});
