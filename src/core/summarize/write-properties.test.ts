import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from 'obsidian-test-mocks/obsidian';
import { undoProperties } from '../note/undo-properties.ts';
import { writeProperties, type WrittenProperties } from './write-properties.ts';

const SUMMARY = { tags: ['squares', 'test'], line: 'About squares.' };

function write(note: string, summary = SUMMARY): WrittenProperties {
  const written = writeProperties(note, summary, parseYaml);
  assert.ok(written, note);
  assert.equal(undoProperties(written.text, written.records).text, note);
  return written;
}

const CASES: readonly (readonly [string, string, string])[] = [
  [
    'a note without properties',
    '# Note\n',
    '---\ntags:\n  - squares\n  - test\nsummary: About squares.\n---\n# Note\n',
  ],
  [
    'empty properties',
    '---\n---\nText',
    '---\ntags:\n  - squares\n  - test\nsummary: About squares.\n---\nText',
  ],
  [
    'other properties with comments and quotes',
    "---\ntitle: 'A  note'   # mine\n\naliases: [x,y]\n---\n",
    "---\ntitle: 'A  note'   # mine\n\naliases: [x,y]\ntags:\n  - squares\n  - test\nsummary: About squares.\n---\n",
  ],
  [
    'a list with its own indent',
    '---\ntags:\n- Squares\n- "a b"\ncssclass: wide\n---\n',
    '---\ntags:\n- Squares\n- "a b"\n- test\ncssclass: wide\nsummary: About squares.\n---\n',
  ],
  [
    'a list in brackets',
    '---\ntags: [mine, "b"] # yes\n---\n',
    '---\ntags: [mine, "b", squares, test] # yes\nsummary: About squares.\n---\n',
  ],
  [
    'an empty list in brackets',
    '---\ntags: []\n---\n',
    '---\ntags: [squares, test]\nsummary: About squares.\n---\n',
  ],
  [
    'tags as a text',
    '---\ntags: mine, other\n---\n',
    '---\ntags:\n  - mine\n  - other\n  - squares\n  - test\nsummary: About squares.\n---\n',
  ],
  [
    'a list in brackets over several lines',
    '---\ntags: [\n  mine,\n]\n---\n',
    '---\ntags:\n  - mine\n  - squares\n  - test\nsummary: About squares.\n---\n',
  ],
  [
    'a key without tags',
    '---\ntags:\nx: 1\n---\n',
    '---\ntags:\n  - squares\n  - test\nx: 1\nsummary: About squares.\n---\n',
  ],
  [
    'an earlier line over several lines',
    '---\nsummary: >-\n  Old\n\n  words\nx: 1\n---\n',
    '---\nsummary: About squares.\nx: 1\ntags:\n  - squares\n  - test\n---\n',
  ],
  [
    'Windows line endings and a BOM',
    '\uFEFF---\r\nx: 1\r\n---\r\nText\r\n',
    '\uFEFF---\r\nx: 1\r\ntags:\r\n  - squares\r\n  - test\r\nsummary: About squares.\r\n---\r\nText\r\n',
  ],
  [
    'a note that opens with a rule',
    '---\n',
    '---\ntags:\n  - squares\n  - test\nsummary: About squares.\n---\n---\n',
  ],
];

for (const [name, before, after] of CASES) {
  test(`adds tags and line to ${name}, and undoes it byte for byte`, () => {
    assert.equal(write(before).text, after);
  });
}

test('adds nothing that the note already has', () => {
  const note = '---\ntags:\n  - Test\n  - "#squares"\nsummary: "About squares."\n---\n';
  assert.deepEqual(write(note), { text: note, records: [] });
});

test('quotes values that YAML would read differently', () => {
  const line = 'Rates: "fast" #1, [x]';
  const { text } = write('', { tags: ['2024-01-01', 'true', '1e3', 'ok'], line });
  assert.deepEqual(parseYaml(text.slice(4, -4)), {
    tags: ['2024-01-01', 'true', '1e3', 'ok'],
    summary: line,
  });
});

for (const note of [
  '---\n{ tags: [a] }\n---\n',
  '---\n- a\n---\n',
  '---\nx: [\n---\n',
  '---\ntext\n---\n',
  '+++\ntags = ["a"]\n+++\n',
]) {
  test(`leaves unusual properties unchanged: ${JSON.stringify(note)}`, () => {
    assert.equal(writeProperties(note, SUMMARY, parseYaml), null);
  });
}

test('keeps all properties readable, and restores every byte when undone', () => {
  const word = fc.constantFrom('a', 'tags', 'b c', '"q: x"', 'x, y', '[1, z]', '2024', '', '~');
  const property = fc.oneof(
    fc
      .tuple(fc.constantFrom('title', 'tags', 'summary', '"tags"', 'aliases'), word)
      .map(([k, v]) => [`${k}: ${v}`]),
    fc
      .tuple(
        fc.constantFrom('tags', 'aliases', 'x'),
        fc.constantFrom('', '  ', '\t'),
        fc.array(word, { maxLength: 3 }),
      )
      .map(([key, indent, items]) => [`${key}:`, ...items.map((item) => `${indent}- ${item}`)]),
    fc.constantFrom(['# comment'], [''], ['x: |', '  tags:', '    - test', ''], ['y: &a 1', 'z: *a']),
  );
  const notes = fc
    .tuple(
      fc.array(property, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\n  - test\n'),
    )
    .map(([lines, lineBreak, body]) => ['---', ...lines.flat(), '---', body].join(lineBreak));
  fc.assert(
    fc.property(notes, (note) => {
      const written = writeProperties(note, SUMMARY, parseYaml);
      if (written === null) return;
      assert.equal(undoProperties(written.text, written.records).text, note);
    }),
    { numRuns: 500 },
  );
});
