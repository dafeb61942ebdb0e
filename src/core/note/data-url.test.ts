import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataUrlBytes, shortDataUrl, withShortDataUrls } from './data-url.ts';

const text = (url: string) => {
  const bytes = dataUrlBytes(url);
  return bytes && new TextDecoder().decode(bytes);
};

test('decodes base64 with or without padding, in both alphabets', () => {
  for (const url of [
    'data:image/png;base64,aGk/',
    'DATA:image/png;BASE64,aGk/',
    'data:image/png;name=a.png;base64,aGk_',
    'data:;base64,aGk%2F',
    'data:image/png;base64,aG\n k/',
    'data:image/png;base64,aGk/#fragment',
  ]) {
    assert.equal(text(url), 'hi?', url);
  }
  assert.equal(text('data:image/png;base64,aGk'), 'hi');
});

test('decodes percent-encoded text byte by byte', () => {
  assert.equal(text('data:image/svg+xml,%3Csvg%3E%C3%A4%3C/svg%3E'), '<svg>ä</svg>');
  assert.equal(
    text('data:image/svg+xml;utf8,<svg fill="#fff">ж 100%</svg>'),
    '<svg fill="#fff">ж 100%</svg>',
  );
  assert.deepEqual([...(dataUrlBytes('data:image/png,%89PNG%0d') ?? [])], [0x89, 0x50, 0x4e, 0x47, 0x0d]);
});

test('returns null when the URI is malformed or empty', () => {
  for (const url of [
    'data:image/png;base64,a',
    'data:image/png;base64,§§',
    'data:image/png;base64,',
    'data:image/png',
  ]) {
    assert.equal(dataUrlBytes(url), null, url);
  }
});

test('labels a URI with its type and size', () => {
  assert.equal(shortDataUrl(`data:image/png;base64,${'A'.repeat(40)}`), 'data:image/png, 30 B');
  assert.equal(shortDataUrl(`data:image/jpeg;base64,${'A'.repeat(18_667)}`), 'data:image/jpeg, 14 kB');
  assert.equal(shortDataUrl(`data:image/svg+xml,${'a'.repeat(1_250_000)}`), 'data:image/svg+xml, 1.3 MB');
});

test('shortens only long URIs in a text', () => {
  const long = `data:image/png;base64,${'A'.repeat(400)}`;
  assert.equal(
    withShortDataUrls(`![x](${long}) <img src="${long}">\n[r]: <${long}>\n[s]: ${long} "t"`),
    '![x](data:image/png, 300 B) <img src="data:image/png, 300 B">\n[r]: <data:image/png, 300 B>\n[s]: data:image/png, 300 B "t"',
  );
  assert.equal(withShortDataUrls('![x](data:image/png;base64,AAAA)'), '![x](data:image/png;base64,AAAA)');
});

test('reads a URI of many megabytes', () => {
  const long = `data:image/png;base64,${'A'.repeat(30_000_000)}`;
  assert.equal(withShortDataUrls(`![](${long}) b`), '![](data:image/png, 22.5 MB) b');
  assert.equal(dataUrlBytes(`${long}#x`)?.length, 22_500_000);
});
