import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import { parseServerList, readServerEntries, writeServerEntries } from './server-list.ts';

const OWN = 'http://127.0.0.1:11434';

test('reads addresses with their options', () => {
  assert.deepEqual(parseServerList(' desktop x4,\nhttps://gateway.example/v1 Token X2 , [::1]'), [
    { host: 'http://desktop:11434', atOnce: 4, takesToken: false },
    { host: 'https://gateway.example:443/v1', atOnce: 2, takesToken: true },
    { host: 'http://[::1]:11434', atOnce: null, takesToken: false },
  ]);
});

test('uses the default address for an empty list and sends the token to the only server', () => {
  for (const text of ['', ' ', ',\n', '127.0.0.1', '127.0.0.1, ', '"127.0.0.1"'])
    assert.deepEqual(parseServerList(text), [{ host: OWN, atOnce: null, takesToken: true }], text);
  assert.deepEqual(parseServerList('127.0.0.1 x3'), [{ host: OWN, atOnce: 3, takesToken: true }]);
});

test('removes quotes around an entry and the endpoint of an address', () => {
  assert.deepEqual(parseServerList('"desktop x4", <https://gateway.example/v1/chat/completions> token'), [
    { host: 'http://desktop:11434', atOnce: 4, takesToken: false },
    { host: 'https://gateway.example:443/v1', atOnce: null, takesToken: true },
  ]);
  const hosts = parseServerList('http://localhost:11434/api, 127.0.0.1/api/chat').map(({ host }) => host);
  assert.deepEqual(hosts, [OWN]);
});

test('ignores a repeated server', () => {
  assert.deepEqual(
    parseServerList('localhost x2, nas, http://127.0.0.1:11434 token').map(({ host, takesToken }) => [
      host,
      takesToken,
    ]),
    [
      [OWN, false],
      ['http://nas:11434', false],
    ],
  );
});

test('rejects invalid input without repeating it', () => {
  for (const text of [
    'nas secret',
    'nas x0',
    'nas x9',
    'nas x2 x3',
    'nas, http://a?secret',
    'nas; b',
    'nas, user:secret@b',
  ])
    assert.throws(
      () => parseServerList(text),
      (error) =>
        error instanceof NotesightError &&
        error.code === 'bad_usage' &&
        !`${error.message}${JSON.stringify(error.data)}`.includes('secret'),
      text,
    );
});

test('reads and writes the entries of a list unchanged', () => {
  for (const text of [
    '',
    'desktop x4, https://gateway.example/v1 x2 token, [::1]',
    'not an address x3, nas x9',
  ]) {
    assert.equal(writeServerEntries(readServerEntries(text)), text);
  }
});

test('keeps unknown words of an entry in its address', () => {
  assert.deepEqual(readServerEntries('my server x4, nas x9 token'), [
    { address: 'my server', atOnce: 4, takesToken: false },
    { address: 'nas x9', atOnce: null, takesToken: true },
  ]);
});

test('writes no entry without an address', () => {
  const empty = { address: '', atOnce: null, takesToken: false };
  assert.equal(writeServerEntries([empty, { ...empty, address: 'nas' }]), 'nas');
});
