import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from 'obsidian-test-mocks/obsidian';
import { writeProperties } from '../summarize/write-properties.ts';
import { undoProperties } from './undo-properties.ts';

const BODY = '# Note\n\ntags:\n  - one\n  - two\nsummary: A line.\n';

/** Writes two tags and a line, applies a change and undoes the writes. */
function undoAfter(change: (text: string) => string, note = BODY) {
  const written = writeProperties(note, { tags: ['one', 'two'], line: 'A line.' }, parseYaml);
  assert.ok(written);
  const changed = change(written.text);
  assert.notEqual(changed, written.text);
  return undoProperties(changed, written.records);
}

test('keeps properties that a person added, with their fences', () => {
  assert.deepEqual(
    undoAfter((text) => text.replace('---\ntags', '---\ntitle: Mine\ntags')),
    { text: `---\ntitle: Mine\n---\n${BODY}`, undone: 3, kept: 0 },
  );
});

test('keeps a tag that a person added, with its key', () => {
  assert.deepEqual(
    undoAfter((text) => text.replace('  - two\n', '  - two\n  - mine\n')),
    { text: `---\ntags:\n  - mine\n---\n${BODY}`, undone: 3, kept: 0 },
  );
});

test('keeps a line that a person changed', () => {
  assert.deepEqual(
    undoAfter((text) => text.replace('A line.', 'A line. And more.')),
    { text: `---\nsummary: A line. And more.\n---\n${BODY}`, undone: 2, kept: 1 },
  );
});

test('keeps a line that continues on the next line', () => {
  assert.deepEqual(
    undoAfter((text) => text.replace('A line.\n', 'A line.\n  And more.\n')),
    { text: `---\nsummary: A line.\n  And more.\n---\n${BODY}`, undone: 2, kept: 1 },
  );
});

test('keeps a tag that became longer', () => {
  assert.deepEqual(
    undoAfter((text) => text.replace('- one\n', '- one-hundred\n')),
    { text: `---\ntags:\n  - one-hundred\n---\n${BODY}`, undone: 2, kept: 1 },
  );
});

test('leaves other lists unchanged when a tag was removed', () => {
  const note = `---\naliases:\n  - one\n---\n${BODY}`;
  assert.deepEqual(
    undoAfter((text) => text.replace('tags:\n  - one\n', 'tags:\n'), note),
    { text: note, undone: 2, kept: 1 },
  );
});

test('keeps the text when the frontmatter is gone', () => {
  assert.deepEqual(
    undoAfter(() => BODY),
    { text: BODY, undone: 0, kept: 3 },
  );
});
