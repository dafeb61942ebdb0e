import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isLocalHost, ollamaHost } from './server-address.ts';

test("reads an address like Ollama's own clients", () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['1.2.3.4', 'http://1.2.3.4:11434'],
    ['1.2.3.4:5678', 'http://1.2.3.4:5678'],
    [':5678', 'http://127.0.0.1:5678'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:80', 'http://127.0.0.1:80'],
    ['http://0.0.0.0:1234/', 'http://127.0.0.1:1234'],
    ['localhost', 'http://127.0.0.1:11434'],
    ['LOCALHOST:1', 'http://127.0.0.1:1'],
    ['example.com', 'http://example.com:11434'],
    ['http://example.com', 'http://example.com:80'],
    ['https://example.com', 'https://example.com:443'],
    ['HTTPS://Example.com', 'https://example.com:443'],
    ['https://example.com:9000', 'https://example.com:9000'],
    ['nas:1234/ollama', 'http://nas:1234/ollama'],
    ['nas/ollama/', 'http://nas:11434/ollama'],
    ['https://nas/a/b', 'https://nas:443/a/b'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::1]:5', 'http://[::1]:5'],
    ['::1', 'http://[::1]:11434'],
    ['[::]:5', 'http://[::1]:5'],
    ['fe80::1', 'http://[fe80::1]:11434'],
    ['http://', 'http://127.0.0.1:80'],
    ['/x', 'http://127.0.0.1:11434/x'],
    [' "1.2.3.4" ', 'http://1.2.3.4:11434'],
    ["'nas'", 'http://nas:11434'],
  ];
  for (const [value, expected] of cases) assert.equal(ollamaHost(value), expected, value);
});

test('reads an address pasted with an endpoint or quotes', () => {
  const own = 'http://127.0.0.1:11434';
  const cases: [string, string][] = [
    ['http://nas:11434/api', 'http://nas:11434'],
    ['http://nas:11434/api/', 'http://nas:11434'],
    ['http://nas:11434//api//', 'http://nas:11434'],
    ['nas/api', 'http://nas:11434'],
    ['http://nas:8080/api', 'http://nas:8080/api'],
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai:443/api/v1'],
    ['http://localhost:11434/api/chat', own],
    ['http://localhost:11434/api/generate/', own],
    ['localhost:11434/api/tags', own],
    ['https://nas/ollama/api/chat', 'https://nas:443/ollama'],
    ['http://nas:1234/v1', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/chat/completions', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/chat/completions/', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/completions', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/models', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/models/llava', 'http://nas:1234/v1'],
    ['http://nas:1234/v1/embeddings', 'http://nas:1234/v1'],
    ['https://nas/api/v1/chat/completions', 'https://nas:443/api/v1'],
    ['http://nas:3000/api/chat/completions', 'http://nas:3000/api/v1'],
    ['https://nas/chat/completions', 'https://nas:443'],
    ['[::1]:1234/v1/chat/completions', 'http://[::1]:1234/v1'],
    ['http://[fe80::1]/api/chat', 'http://[fe80::1]:80'],
    ['//nas:1234/v1', 'http://nas:1234/v1'],
    ['“http://nas:1234/v1/models”', 'http://nas:1234/v1'],
    ['`nas`', 'http://nas:11434'],
    ['<http://nas:1234>', 'http://nas:1234'],
    ['"http://nas:1234', 'http://nas:1234'],
    ['\u200bhttp://nas:1234\u00a0\n', 'http://nas:1234'],
    ['http://nas:1234/models', 'http://nas:1234/models'],
  ];
  for (const [value, expected] of cases) assert.equal(ollamaHost(value), expected, value);
});

test('rejects an invalid address without repeating a password', () => {
  for (const value of [
    'ftp://nas',
    'nas:port',
    'nas:99999',
    'user:geheim@nas',
    'a b',
    'a%20b',
    'nas:',
    '[::1',
  ]) {
    assert.throws(
      () => ollamaHost(value),
      (error: Error & { code?: string }) =>
        error.code === 'bad_usage' && !JSON.stringify(error).includes('geheim'),
      value,
    );
  }
});

test('treats only this computer and its network as local', () => {
  const local =
    '127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 172.31.255.1 192.168.1.5 169.254.1.1 [::1] [fe80::1] [fd00::1] nas pc.local a.internal x.localhost n.home.arpa';
  const far =
    'example.com 8.8.8.8 172.32.0.1 172.15.0.1 11.0.0.1 193.168.1.1 10.evil.com 127.0.0.1.evil.com [2001:db8::1] ollama.com local.com';
  for (const host of local.split(' ')) assert.equal(isLocalHost(`http://${host}:11434`), true, host);
  for (const host of far.split(' ')) assert.equal(isLocalHost(`http://${host}:11434`), false, host);
});
