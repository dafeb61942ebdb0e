import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseAnswer } from './parse-answer.ts';

const whole = {
  alt: 'A "quoted" cat.',
  description: 'It sits.\nOn a roof.',
  tags: ['cat', 'roof ]'],
  decorative: false,
  text: 'EXIT',
};

test('reads a whole answer, with a fence or text around it too', () => {
  const json = JSON.stringify(whole, null, 2);
  for (const raw of [json, `\`\`\`json\n${json}\n\`\`\``, `Here it is:\n${json}\nI hope this helps.`]) {
    assert.deepEqual(parseAnswer(raw), whole);
  }
});

test('keeps the complete fields and the partial text of an answer that is cut', () => {
  const json = JSON.stringify(whole);
  const cut = (marker: string): unknown => parseAnswer(json.slice(0, json.indexOf(marker) + marker.length));
  const rest = { description: '', tags: [], decorative: false, text: '' };
  assert.equal(cut('"quoted'), null);
  assert.deepEqual(cut('cat."'), { ...rest, alt: whole.alt });
  assert.deepEqual(cut('It sits'), { ...rest, alt: whole.alt });
  assert.deepEqual(cut('"cat"'), { ...rest, alt: whole.alt, description: whole.description });
  assert.deepEqual(cut('"EX'), { ...whole, text: 'EX' });
});

test('keeps the text before an escape that is cut', () => {
  for (const tail of ['\\', '\\u', '\\u04', '\\u041']) {
    assert.equal(parseAnswer(`{"alt":"a","text":"line${tail}`)?.text, 'line');
  }
});

test('falls back for missing or wrong fields, and reads line breaks inside strings', () => {
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

test('ignores a key inside a string', () => {
  assert.equal(parseAnswer(JSON.stringify({ text: 'say "alt": "no"' })), null);
});

const kite = {
  alt: 'A red kite over a lake',
  description: 'A kite.',
  tags: ['kite'],
  decorative: false,
  text: '',
};

test('reads an answer under other keys, wrapped, or in almost valid JSON', () => {
  const cases: string[] = [
    '{"alt_text": "A red kite over a lake", "long_description": "A kite.", "keywords": ["kite"]}',
    '{"altText": "A red kite over a lake", "description": "A kite.", "tags": ["kite"]}',
    '{"Alt": "A red kite over a lake", "Description": "A kite.", "Tags": ["kite"]}',
    '{"caption": "A red kite over a lake", "details": "A kite.", "tags": ["kite"]}',
    JSON.stringify({ response: kite }),
    JSON.stringify({ type: 'image', data: { result: kite } }),
    JSON.stringify([kite]),
    JSON.stringify({ answer: JSON.stringify(kite) }),
    JSON.stringify(JSON.stringify(kite)).slice(1, -1).replaceAll('\\"', '"'),
    JSON.stringify({ ...kite, alt: { text: kite.alt } }),
    JSON.stringify({ ...kite, alt: { en: kite.alt } }),
    JSON.stringify({ name: 'describe', arguments: kite }),
    "{'alt': 'A red kite over a lake', 'description': 'A kite.', 'tags': ['kite'], 'decorative': False, 'text': None}",
    '{"alt": "A red kite over a lake", "description": "A kite.", "tags": ["kite",], "decorative": "false", "text": "",}',
    '{alt: "A red kite over a lake", description: "A kite.", tags: ["kite"]}',
    `I see [1] and {this}: ${JSON.stringify(kite)}`,
  ];
  for (const raw of cases) assert.deepEqual(parseAnswer(raw), kite, raw);
});

test('reads a lone sentence from the key that contains it', () => {
  for (const key of ['response', 'answer', 'output', 'content', 'image_description']) {
    assert.equal(parseAnswer(JSON.stringify({ [key]: kite.alt }))?.alt, kite.alt, key);
  }
  assert.equal(parseAnswer(JSON.stringify({ width: 64, name: kite.alt })), null);
});

test('reads unescaped quotes and apostrophes', () => {
  assert.equal(
    parseAnswer('{"alt": "A sign says "Exit", and "Stop"", "tags": []}')?.alt,
    'A sign says "Exit", and "Stop"',
  );
  assert.equal(parseAnswer("{'alt': 'It\u2019s the dog's kite', 'tags': []}")?.alt, "It’s the dog's kite");
  assert.equal(parseAnswer('{"alt": "The folder C:\\dir", "text": ""}')?.alt, 'The folder C:\\dir');
});

test('returns null for prose, an empty object, and an empty answer', () => {
  for (const raw of ['A cat on a roof.', '{}', '', '{"alt": ""}', '{"alt": 7}', '[1]', '{{{{']) {
    assert.equal(parseAnswer(raw), null, raw);
  }
});

test('reads a prefix of an answer as part of the answer or as nothing', () => {
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
