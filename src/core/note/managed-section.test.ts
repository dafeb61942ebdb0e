import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownDocuments } from '../../../test/markdown/markdown-documents.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import {
  findSections,
  moveSectionEdits,
  sectionEdit,
  type SectionPlace,
  withoutSections,
} from './managed-section.ts';

const CONTENT = '## Summary\n\n- One **word**.\n- Two.';
const write = (note: string, content: string, place: SectionPlace) =>
  applyEdits(note, [sectionEdit(note, content, place)]);
/** Removes the hash to keep expectations readable. */
const shown = (note: string) => note.replace(/(?<=notesight:summary )[0-9a-f]{8}(?= -->)/, 'HASH');

test('inserts a section at the requested position', () => {
  const section = `<!-- notesight:summary HASH -->\n\n${CONTENT}\n\n<!-- /notesight:summary -->`;
  assert.equal(shown(write('# T\n\ntext\n', CONTENT, 'top')), `# T\n\n${section}\n\ntext\n`);
  assert.equal(shown(write('text\n', CONTENT, 'top')), `${section}\n\ntext\n`);
  assert.equal(
    shown(write('---\na: b\n---\ntext\n', CONTENT, 'top')),
    `---\na: b\n---\n\n${section}\ntext\n`,
  );
  assert.equal(
    shown(write('+++\na = 1\n+++\ntext\n', CONTENT, 'top')),
    `+++\na = 1\n+++\n\n${section}\ntext\n`,
  );
  assert.equal(shown(write('# T\n\ntext\n', CONTENT, 'bottom')), `# T\n\ntext\n\n${section}\n`);
  assert.equal(shown(write('one\nline\n\ntwo\n', CONTENT, 1)), `one\nline\n\n${section}\n\ntwo\n`);
});

test('inserts the section before a heading when the cursor is in front of its text', () => {
  const note = 'one\n\n## T\n\ntwo\n';
  const before = write(note, CONTENT, note.indexOf('## T'));
  assert.match(before, /^one\n\n<!-- notesight[^]*summary -->\n\n## T\n\ntwo\n$/);
  assert.equal(write(note, CONTENT, note.indexOf(' T') + 1), before);
  assert.match(
    write(note, CONTENT, note.indexOf('T') + 1),
    /## T\n\n<!-- notesight[^]*summary -->\n\ntwo\n$/,
  );
  const first = '## T\n\ntwo\n';
  assert.match(write(first, CONTENT, 0), /^<!-- notesight[^]*summary -->\n\n## T\n\ntwo\n$/);
});

test('moves an existing section to another place', () => {
  const plain = '# T\n\none\n\ntwo\n';
  const move = (note: string, place: SectionPlace) => applyEdits(note, moveSectionEdits(note, 'New', place));
  const places: SectionPlace[] = ['top', 'bottom', plain.indexOf('one')];
  for (const from of places) {
    const note = write(plain, CONTENT, from);
    for (const to of ['top', 'bottom'] as const) {
      assert.equal(move(note, to), write(plain, 'New', to), `${from} → ${to}`);
    }
    const cursor = note.indexOf('one');
    assert.equal(move(note, cursor), write(plain, 'New', plain.indexOf('one')), `${from} → cursor`);
    assert.equal(withoutSections(move(note, cursor)), plain);
  }
  assert.equal(move(plain, 'bottom'), write(plain, 'New', 'bottom'));
});

test('keeps a copy of the section when another one moves', () => {
  const note = `${write('# T\n\none\n', 'Old', 'bottom')}\n${write('', 'Copy', 'top')}\n`;
  const moved = applyEdits(note, moveSectionEdits(note, 'New', 'top'));
  assert.deepEqual(
    findSections(moved).map(({ content }) => content),
    ['New', 'Copy'],
  );
});

test('inserts the section at the top when the cursor is in code or a comment', () => {
  for (const note of ['a\n\n```\nb\n\nc\n```\n', 'a\n\n%%\nb\n\nc\n%%\n', 'a\n\n<!--\nb\n\nc\n-->\n']) {
    assert.equal(findSections(write(note, CONTENT, note.indexOf('b')))[0]?.from, 0, note);
  }
});

test('detects edits but ignores line endings and trailing spaces', () => {
  const note = write('# T\n\ntext\n', CONTENT, 'top');
  assert.deepEqual(
    findSections(note).map(({ isEdited, content }) => ({ isEdited, content })),
    [{ isEdited: false, content: CONTENT }],
  );
  assert.equal(findSections(note.replace('One', 'Won'))[0]?.isEdited, true);
  assert.equal(findSections(note.replaceAll('\n', '\r\n').replace('Two.', 'Two.  '))[0]?.isEdited, false);
});

test('ignores comments in code, blockquotes and lists, and unpaired comments', () => {
  const section = write('', CONTENT, 'top');
  assert.equal(findSections(section).length, 1);
  for (const note of [
    `\`\`\`\n${section}\n\`\`\`\n`,
    `- a\n\n${section.replace(/^/gm, '  ')}`,
    section.replace(/^/gm, '> '),
    section.replace('<!-- /notesight:summary -->', ''),
  ]) {
    assert.deepEqual(findSections(note), [], note);
  }
});

const note = () =>
  fc
    .tuple(
      fc.constantFrom('', '\uFEFF', '---\na: b\n---\n', '# T\n'),
      markdownDocuments(),
      fc.constantFrom('\n', '\r\n', '\r'),
    )
    .map(([start, document, lineBreak]) => (start + document).replaceAll('\n', lineBreak));

test('replaces a section when written twice, and restores the note when removed', () => {
  const place = fc.oneof(fc.constantFrom<SectionPlace>('top', 'bottom'), fc.nat({ max: 80 }));
  fc.assert(
    fc.property(note(), place, (before, where) => {
      const once = write(before, 'first', where);
      fc.pre(findSections(once).length === 1);
      const twice = write(once, CONTENT, 'bottom');
      assert.equal(write(twice, CONTENT, 'top'), twice);
      assert.equal(findSections(twice).length, 1);
      assert.equal(withoutSections(twice), before);
      assert.equal(findImages(twice).length, findImages(before).length);
    }),
    { numRuns: 1000 },
  );
});

test('finds a section again in any note when written at the top', () => {
  const lost = fc
    .sample(note(), 500)
    .filter((before) => findSections(write(before, 'x', 'top')).length !== 1);
  assert.deepEqual(
    lost.map((before) => JSON.stringify(before)),
    [],
  );
});
