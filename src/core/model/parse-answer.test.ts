import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { parseAnswer } from './parse-answer.ts';

const whole = {
  alt: 'A "quoted" cat.',
  description: 'It sits.\nOn a roof.',
  tags: ['cat', 'roof ]'],
  decorative: false,
  text: 'EXIT',
};

test('a whole answer is read, with a fence or words around it too', () => {
  const json = JSON.stringify(whole, null, 2);
  for (const raw of [json, `\`\`\`json\n${json}\n\`\`\``, `Here it is:\n${json}\nI hope this helps.`]) {
    assert.deepEqual(parseAnswer(raw), whole);
  }
});

test('an answer that is cut keeps what is whole, and of the text what there is', () => {
  const json = JSON.stringify(whole);
  const cut = (marker: string): unknown => parseAnswer(json.slice(0, json.indexOf(marker) + marker.length));
  const rest = { description: '', tags: [], decorative: false, text: '' };
  assert.equal(cut('"quoted'), null);
  assert.deepEqual(cut('cat."'), { ...rest, alt: whole.alt });
  assert.deepEqual(cut('It sits'), { ...rest, alt: whole.alt });
  assert.deepEqual(cut('"cat"'), { ...rest, alt: whole.alt, description: whole.description });
  assert.deepEqual(cut('"EX'), { ...whole, text: 'EX' });
});

test('an escape that is cut does not spoil the text before it', () => {
  for (const tail of ['\\', '\\u', '\\u04', '\\u041']) {
    assert.equal(parseAnswer(`{"alt":"a","text":"line${tail}`)?.text, 'line');
  }
});

test('missing and wrong fields fall back, and line breaks inside of strings are read', () => {
  assert.deepEqual(parseAnswer('{"alt": "A cat", "tags": "cat", "text": null}'), {
    alt: 'A cat',
    description: '',
    tags: [],
    decorative: false,
    text: '',
  });
  assert.equal(parseAnswer('{"alt": "A\ncat\ton a roof"}')?.alt, 'A\ncat\ton a roof');
  assert.equal(parseAnswer('{"decorative": true}')?.decorative, true);
});

test('a key that only stands inside of a string is none', () => {
  assert.equal(parseAnswer(JSON.stringify({ text: 'say "alt": "no"' })), null);
});

test('prose, an empty object and nothing are no answer', () => {
  for (const raw of ['A cat on a roof.', '{}', '', '{"alt": ""}', '{"alt": 7}', '[1]', '{{{{']) {
    assert.equal(parseAnswer(raw), null, raw);
  }
});

test('each beginning of an answer gives a part of it or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(400), (alt, text, length) => {
      const json = JSON.stringify({ ...whole, alt, text }).slice(0, length);
      const parsed = parseAnswer(json);
      if (parsed === null) return;
      assert.equal(parsed.alt, alt);
      assert.ok(text.startsWith(parsed.text));
    }),
  );
});
